using Sigma.Hosting;

namespace Sigma.Evaluator.Clearing;

internal static class Registration
{
    public static ServiceBuilder AddClearing(this ServiceBuilder service)
    {
        service.Services.AddSingleton<LegacyWindow>().AddSingleton<ClearCheck>();
        return service;
    }
}
