using Sigma.Hosting;

namespace Sigma.Fetcher.Occurrences;

internal static class Registration
{
    /// <summary>The occurrences that the system user closed.</summary>
    public static ServiceBuilder AddOccurrences(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SegwareOccurrences>().AddSingleton<ExcusedOccurrences>();
        return service;
    }
}
