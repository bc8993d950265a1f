# Each target calls one standard-library script; without make, call it yourself:
# python3 tools/dev.py run
.PHONY: run test check install soak bench help
help run test check install soak bench:
	@python3 tools/dev.py $@
