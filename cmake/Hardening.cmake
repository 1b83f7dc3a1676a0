# Warnings and hardening for every target. Assertions stay on in release: RelWithDebInfo must not define NDEBUG.
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

add_compile_definitions(_POSIX_C_SOURCE=200809L)
add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes
  -Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wdouble-promotion -Wcast-qual -Wswitch-enum -Wnull-dereference
  -Wwrite-strings -Werror -fno-common -ffp-contract=off -fstack-protector-strong)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Walloc-zero -Wformat-signedness
    -ftrivial-auto-var-init=zero)
endif()
if(NOT QUERSCHNITT_SANITIZE)
  add_compile_options(-fstack-clash-protection -fcf-protection)
  add_compile_options("$<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=3>")
  add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
else()
  add_compile_options(-fsanitize=${QUERSCHNITT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${QUERSCHNITT_SANITIZE})
endif()
