using Sigma.Hosting;

namespace Sigma.Gateway.Liveness;

internal static class Registration
{
    /// <summary>What says in which time this process was accepting.</summary>
    public static ServiceBuilder AddLiveness(this ServiceBuilder service)
    {
        service.Services.AddHttpContextAccessor().AddSingleton<IntakeSlices>().AddSingleton<SliceReports>()
            .AddHostedService(provider => provider.GetRequiredService<SliceReports>());
        service.Services.AddHealthChecks().AddCheck<SliceReports>("intake", tags: ["ready"]);
        return service;
    }
}
