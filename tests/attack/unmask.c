/* Takes the masks off the records of a ballot box, as docs/protocol.md describes them: an adversary knows the program. Written
 * apart from survey/slotbox_file.c, so that both must agree on the format. */
#include "attack.h"

#include <sodium.h>
#include <string.h>

enum { BOX_HEAD = 4096, KEY = 32, LENGTH_AT = KEY + 32 + 4 };

static size_t little(const unsigned char *bytes)
{
    return (size_t)bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16 | (size_t)bytes[3] << 24;
}

struct box_view box_uncover(unsigned char *bytes, size_t length)
{
    static const unsigned char nonce[crypto_stream_chacha20_IETF_NONCEBYTES];
    if (length < BOX_HEAD || memcmp(bytes, "QSBOX", 5) != 0)
        return (struct box_view){ 0 };
    const struct box_view view = { little(bytes + 8), little(bytes + 12) };
    size_t sealed = little(bytes + 16);
    if (memcmp(bytes, "QSBOX002", 8) != 0 || view.room < 512 || length != BOX_HEAD + view.slots * view.room)
        die("the ballot box has another format than the harness knows: see docs/protocol.md and tests/attack/unmask.c");
    for (size_t slot = 0; slot < view.slots; slot++) {
        unsigned char head[128] = { 0 };
        unsigned char *record = bytes + BOX_HEAD + slot * view.room;
        memcpy(head, record, sizeof head);
        (void)crypto_stream_chacha20_ietf_xor(head + KEY, head + KEY, sizeof head - KEY, nonce, head);
        if (little(head + LENGTH_AT) == sealed) /* else free: noise stays noise */
            (void)crypto_stream_chacha20_ietf_xor(record + KEY, record + KEY, view.room - KEY, nonce, record);
    }
    return view;
}
