using Sigma.Hosting;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Board;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.OperatorConsole.Alerts;

internal static class Registration
{
    public static ServiceBuilder AddAlerts(this ServiceBuilder service)
    {
        service.Services
            .AddSingleton(provider => new AlertQuery(provider.GetRequiredService<Database>(), provider.GetRequiredService<RaisedAlerts>(),
                Time(provider)))
            .AddSingleton(provider => new HistoryQuery(provider.GetRequiredService<Database>(), Time(provider)))
            .AddSingleton(provider => new AlertCommands(provider.GetRequiredService<Database>(), provider.GetRequiredService<AlertQuery>(),
                provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<OutboxSender>(), Time(provider)));
        service.Services.AddSingleton<AlertParts>();
        return service;
    }

    static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
