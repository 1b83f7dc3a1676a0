# System libraries, by layer (docs/architecture.md says what each is for).
find_package(PkgConfig REQUIRED)
pkg_check_modules(deps REQUIRED IMPORTED_TARGET
  libmicrohttpd sqlite3 gsl libsodium libcrypto jansson yaml-0.1 libutf8proc libqrencode
  harfbuzz harfbuzz-subset fribidi libcurl zlib libxml-2.0 libzip freexl xlsxwriter cairo cairo-svg)
find_library(HPDF_LIBRARY hpdf REQUIRED)
find_library(GLPK_LIBRARY glpk REQUIRED)
find_package(Threads REQUIRED)

set(LIBRARIES_base PkgConfig::deps Threads::Threads m)
set(LIBRARIES_forms)
set(LIBRARIES_analysis ${GLPK_LIBRARY})
set(LIBRARIES_reports ${HPDF_LIBRARY})
set(LIBRARIES_survey)
