# Read with "." by tests that need a browser, with the repository as the working directory: the packages of package.json.
[ -d node_modules/playwright-core ] && [ -d node_modules/axe-core ] || npm ci --ignore-scripts --no-audit --no-fund
