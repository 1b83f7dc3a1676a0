/* Codes that several tables share; what they stand for is in analysis/inputs.h and analysis/registers.h. */
#include "survey/table.h"

const char *const table_bands[] = { "0", "1", "2", "3", "4", "9", "*", NULL };
const uint8_t table_band_values[] = { 0, 1, 2, 3, 4, 9, CUBE_ALL };
const char *const table_ages[] = { "1", "2", "3", "4", "5", "9", "*", NULL };
const uint8_t table_age_values[] = { 1, 2, 3, 4, 5, 9, CUBE_ALL };
const char *const table_sexes[] = { "w", "m", "d", "x", "*", NULL };
const char *const table_germans[] = { "0", "1", "9", "*", NULL };
const uint8_t table_german_values[] = { 0, 1, 9, CUBE_ALL };
const char *const table_groups[] = { "0", "1", "9", NULL };
const uint8_t table_group_values[] = { 0, 1, 9 };
const char *const table_traits[] = { "EG_SELBST", "STAATSANG", "GESCHLECHT", NULL };
const char *const table_reasons[] = { "FREIWILLIG", "RENTE", "FRIST", "TOD", "DIENSTHERRNWECHSEL", "SONST", NULL };
