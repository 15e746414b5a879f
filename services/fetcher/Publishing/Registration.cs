using Sigma.Hosting;

namespace Sigma.Fetcher.Publishing;

internal static class Registration
{
    /// <summary>What goes out to the broker.</summary>
    public static ServiceBuilder AddPublishing(this ServiceBuilder service)
    {
        service.Services.AddSingleton<Publisher>();
        return service;
    }
}
