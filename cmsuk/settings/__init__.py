"""Every setting, out of the environment; the empty environment is a laptop with the demo."""

from cmsuk.settings.data import *
from cmsuk.settings.installation import *
from cmsuk.settings.people import *
from cmsuk.settings.rooms import *
from cmsuk.settings.safety import *
from cmsuk.settings.society import *
