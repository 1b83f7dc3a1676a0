# Files built into the program through .incbin (base/asset.h): 0.2 s for 1.5 MB where a C array takes 6 s.
find_program(MSGFMT msgfmt REQUIRED)

# Files of Debian packages: fonts-inter, fonts-noto-core, icc-profiles-free, hyphen-de, hyphen-en-us.
set(SYSTEM_ASSETS
  fonts/Inter-Regular.otf=/usr/share/fonts/opentype/inter/Inter-Regular.otf
  fonts/Inter-SemiBold.otf=/usr/share/fonts/opentype/inter/Inter-SemiBold.otf
  fonts/Inter-Bold.otf=/usr/share/fonts/opentype/inter/Inter-Bold.otf
  fonts/Inter-Italic.otf=/usr/share/fonts/opentype/inter/Inter-Italic.otf
  fonts/NotoNaskhArabic-Regular.ttf=/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf
  fonts/NotoNaskhArabic-Bold.ttf=/usr/share/fonts/truetype/noto/NotoNaskhArabic-Bold.ttf
  color/sRGB.icc=/usr/share/color/icc/sRGB.icc
  hyphen/de.dic=/usr/share/hyphen/hyph_de_DE.dic
  hyphen/en.dic=/usr/share/hyphen/hyph_en_US.dic)

function(querschnitt_assets target)
  set(pairs)
  foreach(pair ${SYSTEM_ASSETS})
    list(APPEND pairs ${pair})
  endforeach()
  file(GLOB own CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}
    ${PROJECT_SOURCE_DIR}/survey/assets/* ${PROJECT_SOURCE_DIR}/forms/library/*.yaml
    ${PROJECT_SOURCE_DIR}/survey/maps/*.json
    ${PROJECT_SOURCE_DIR}/survey/migrations/*.sql ${PROJECT_SOURCE_DIR}/reports/*.css)
  foreach(file ${own})
    list(APPEND pairs ${file}=${PROJECT_SOURCE_DIR}/${file})
  endforeach()
  # Browser scripts: many small files for people, one script for browsers. client.js is the respondent's (its hash stands
  # in the manifest), entry.js the clerk's, which imports client.js.
  foreach(script client entry)
    file(GLOB parts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/survey/${script}/*.js)
    list(SORT parts)
    add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/${script}.js
      COMMAND ${CMAKE_COMMAND} -E cat ${parts} > ${PROJECT_BINARY_DIR}/${script}.js
      DEPENDS ${parts} VERBATIM)
    list(APPEND pairs survey/assets/${script}.js=${PROJECT_BINARY_DIR}/${script}.js)
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/base/languages.def)
  file(STRINGS ${PROJECT_SOURCE_DIR}/base/languages.def lines ENCODING UTF-8 REGEX "^LANGUAGE\\(")
  foreach(line ${lines})
    string(REGEX REPLACE "^LANGUAGE\\([a-z_]+, \"([a-z-]+)\".*" "\\1" code "${line}")
    set(po ${PROJECT_SOURCE_DIR}/po/${code}.po)
    if(NOT EXISTS ${po})
      message(FATAL_ERROR "base/languages.def lists ${code}, but there is no po/${code}.po. Add the file or remove the line.")
    endif()
    set(mo ${PROJECT_BINARY_DIR}/po/${code}.mo)
    add_custom_command(OUTPUT ${mo}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/po
      COMMAND ${MSGFMT} --check -o ${mo} ${po}
      DEPENDS ${po} VERBATIM)
    list(APPEND pairs po/${code}.mo=${mo})
  endforeach()
  set(inputs)
  foreach(pair ${pairs})
    string(REGEX REPLACE "^[^=]*=" "" path "${pair}")
    list(APPEND inputs ${path})
  endforeach()
  add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/assets.c
    COMMAND ${CMAKE_COMMAND} "-DPAIRS=${pairs}" -DOUT=${PROJECT_BINARY_DIR}/assets.c
      -P ${PROJECT_SOURCE_DIR}/cmake/MakeAssets.cmake
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/cmake/MakeAssets.cmake VERBATIM)
  target_sources(${target} PRIVATE ${PROJECT_BINARY_DIR}/assets.c)
  # ISO C has no asm; .incbin is the point of this one generated file.
  set_source_files_properties(${PROJECT_BINARY_DIR}/assets.c PROPERTIES COMPILE_OPTIONS "-Wno-pedantic;-std=gnu17")
endfunction()
