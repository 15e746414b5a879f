using Microsoft.Extensions.Options;
using Sigma.Hosting;

namespace Sigma.Notifier.Routing;

internal static class Registration
{
    public static ServiceBuilder AddRouting(this ServiceBuilder service)
    {
        service.Services
            .AddSingleton<IValidateOptions<NotifierOptions>>(new PolicyCheck(service.Configuration))
            .AddSingleton<PolicyInForce>();
        return service;
    }
}
