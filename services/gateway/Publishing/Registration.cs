using Sigma.Hosting;

namespace Sigma.Gateway.Publishing;

internal static class Registration
{
    /// <summary>What goes out to the broker.</summary>
    public static ServiceBuilder AddPublishing(this ServiceBuilder service)
    {
        service.Services.AddSingleton<ConfirmedPublisher>().AddSingleton<NewsPublisher>();
        return service;
    }
}
