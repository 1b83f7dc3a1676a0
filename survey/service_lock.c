/* The one lock of a service: around the store and everything handlers share. */
#include "survey/service.h"

void service_lock(struct service *service)
{
    pthread_mutex_lock(&service->lock);
}

void service_unlock(struct service *service)
{
    pthread_mutex_unlock(&service->lock);
}
