using Sigma.Hosting;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Board;

internal static class Registration
{
    public static ServiceBuilder AddBoard(this ServiceBuilder service)
    {
        service.Services
            .AddSingleton(provider => new RaisedAlerts(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<RaisedAlerts>>()))
            .AddHostedService(provider => provider.GetRequiredService<RaisedAlerts>())
            .AddSingleton<RowTellings>()
            .AddSingleton(provider => new SavedViews(provider.GetRequiredService<Database>()));
        return service;
    }
}
