# Everything a developer does, by name. What each does is in deploy/local/run.

.DEFAULT_GOAL := help
RUN := exec deploy/local/run

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: ## Build what is stale and start everything on this machine; Ctrl-C stops it
	@$(RUN) up

build: ## Build what is stale
	@$(RUN) build

replay: ## Rebuild all totals of the running stack from its events, and show that nothing changed
	@$(RUN) replay

rejected: ## List the records that were put aside; with SEND=all or SEND=<id> send them again
	@$(RUN) rejected

test: ## Run every test, from unit to whole system
	@$(RUN) test

chaos: ## Kill every part again and again while two million events come in, and count them
	@$(RUN) chaos

bench: ## Measure accepting, counting and asking on this machine; takes hours
	@$(RUN) bench

mutation: ## Change pricing, money and periods line by line, and see whether the tests notice; takes minutes
	@$(RUN) mutation

screenshots: ## Look at every page of the console, light and dark, wide and narrow
	@$(RUN) screenshots

images: ## Build an image of each service, without an engine or a registry
	@$(RUN) images

manifests: ## Render the charts for people without Helm, to deploy/kubernetes
	@$(RUN) manifests

format: ## Format the sources
	@$(RUN) format

clean: ## Remove what was built; data in USANCE_HOME stays
	@$(RUN) clean

.PHONY: help up build replay rejected test chaos bench mutation screenshots images manifests format clean
