#!/usr/bin/env bash
# Builds both trees of the site into a folder, and fails on whatever does not lead anywhere: docs/build.sh FOLDER
set -euo pipefail
docs=$(cd "$(dirname "$0")" && pwd)
site=${1:?a folder to write the site to}
python -m sphinx -W --keep-going -n -q -c "$docs" "$docs" "$site/en"
python -m sphinx -W --keep-going -n -q -c "$docs" -t zh "$docs/zh" "$site/zh"
cp "$docs/languages.html" "$site/index.html"
touch "$site/.nojekyll"
