/* Reads and checks certificate and key by libcrypto, so that a wrong file is a sentence and not a silent refusal of the
 * TLS library. */
#include "survey/certificate.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

enum { PEM_MAX = 256 * 1024 };

static int no_passphrase(char *buffer, int size, int writing, void *context)
{
    (void)buffer, (void)size, (void)writing, (void)context;
    return -1; /* OpenSSL would ask on the terminal */
}

static enum status check_mode(const char *path, struct fail *fail)
{
    struct stat facts;
    if (stat(path, &facts) == 0 && (facts.st_mode & 077) != 0)
        return FAIL(fail, STATUS_INPUT, "%s may be read by others than its owner: chmod 600 %s", path, path);
    return STATUS_OK;
}

static enum status check_pair(X509 *chain, EVP_PKEY *key, const char *chain_path, const char *key_path, time_t now,
                              struct fail *fail)
{
    if (chain == NULL)
        return FAIL(fail, STATUS_INPUT, "%s holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)",
                    chain_path);
    if (key == NULL)
        return FAIL(fail, STATUS_INPUT, "%s holds no private key in PEM form without passphrase", key_path);
    if (X509_check_private_key(chain, key) != 1)
        return FAIL(fail, STATUS_INPUT, "the key %s does not belong to the first certificate of %s", key_path,
                    chain_path);
    if (X509_cmp_time(X509_get0_notAfter(chain), &now) < 0)
        return FAIL(fail, STATUS_INPUT, "the certificate %s has expired; get a new one", chain_path);
    if (X509_cmp_time(X509_get0_notBefore(chain), &now) > 0)
        return FAIL(fail, STATUS_INPUT, "the certificate %s is not valid yet; is the clock right?", chain_path);
    return STATUS_OK;
}

enum status certificate_read(const char *chain_path, const char *key_path, long now, struct certificate *certificate,
                             struct fail *fail)
{
    BIO *chain_bytes = NULL;
    BIO *key_bytes = NULL;
    X509 *chain = NULL;
    EVP_PKEY *key = NULL;
    *certificate = (struct certificate){ 0 };
    buf_init(&certificate->chain, PEM_MAX);
    buf_init(&certificate->key, PEM_MAX);
    enum status status = buf_read_file(&certificate->chain, chain_path, fail);
    if (status == STATUS_OK)
        status = check_mode(key_path, fail);
    if (status == STATUS_OK)
        status = buf_read_file(&certificate->key, key_path, fail);
    if (status == STATUS_OK && certificate->chain.length > 0)
        chain_bytes = BIO_new_mem_buf(certificate->chain.bytes, (int)certificate->chain.length);
    if (status == STATUS_OK && certificate->key.length > 0)
        key_bytes = BIO_new_mem_buf(certificate->key.bytes, (int)certificate->key.length);
    if (chain_bytes != NULL)
        chain = PEM_read_bio_X509(chain_bytes, NULL, no_passphrase, NULL);
    if (key_bytes != NULL)
        key = PEM_read_bio_PrivateKey(key_bytes, NULL, no_passphrase, NULL);
    if (status == STATUS_OK)
        status = check_pair(chain, key, chain_path, key_path, (time_t)now, fail);
    if (status == STATUS_OK)
        (void)sodium_mlock(certificate->key.bytes, certificate->key.length); /* best effort: the limit may be small */
    BIO_free(chain_bytes);
    BIO_free(key_bytes);
    X509_free(chain);
    EVP_PKEY_free(key);
    if (status != STATUS_OK)
        certificate_free(certificate);
    return status;
}

void certificate_free(struct certificate *certificate)
{
    if (certificate->key.bytes != NULL)
        (void)sodium_munlock(certificate->key.bytes, certificate->key.length); /* wipes it too */
    buf_free(&certificate->key);
    buf_free(&certificate->chain);
}
