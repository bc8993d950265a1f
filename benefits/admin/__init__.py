"""The office's pages of this room."""

from django.contrib import admin

from benefits.admin.announcements import AnnouncementAdmin, TopicAdmin
from benefits.models import Announcement, Topic

admin.site.register(Announcement, AnnouncementAdmin)
admin.site.register(Topic, TopicAdmin)
