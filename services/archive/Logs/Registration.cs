using MassTransit;
using Sigma.Archive.Logs.Embedded;
using Sigma.Archive.Logs.Tail;
using Sigma.Hosting;

namespace Sigma.Archive.Logs;

internal static class Registration
{
    /// <summary>Log lines: kept, found, watched.</summary>
    public static ServiceBuilder AddLogs(this ServiceBuilder service)
    {
        service.Services.AddSingleton<LiveTail>().AddSingleton<EmbeddedLogSearch>().AddSingleton<EmbeddedLogStore>()
            .AddSingleton<ILogStore>(provider => provider.GetRequiredService<EmbeddedLogStore>());
        return service.Consumers(bus => bus.AddConsumer<LogBatchConsumer, LogBatchConsumerDefinition>());
    }
}
