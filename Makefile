# Each target calls one standard-library script; without make, call it yourself:
# python3 tools/dev.py run
.PHONY: run stack test check install soak mutants bench words pictures look lighthouse help
help run stack test check install soak mutants bench words pictures look lighthouse:
	@python3 tools/dev.py $@
