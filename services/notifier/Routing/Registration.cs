using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Routing;

internal static class Registration
{
    public static ServiceBuilder AddRouting(this ServiceBuilder service)
    {
        service.Services
            .AddSingleton<IValidateOptions<NotifierOptions>>(new PolicyCheck(service.Configuration))
            .AddSingleton(provider => new NotificationPolicy(provider.GetRequiredService<IOptions<NotifierOptions>>().Value,
                provider.GetRequiredService<ReceiverSettings>()));
        return service;
    }
}
