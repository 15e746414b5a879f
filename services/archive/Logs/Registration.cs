using MassTransit;
using Microsoft.Extensions.Options;
using Sigma.Archive.Logs.Embedded;
using Sigma.Archive.Logs.OpenSearch;
using Sigma.Archive.Logs.Tail;
using Sigma.Hosting;
using Sigma.Hosting.Http;

namespace Sigma.Archive.Logs;

internal static class Registration
{
    /// <summary>Log lines: kept, found, watched.</summary>
    public static ServiceBuilder AddLogs(this ServiceBuilder service)
    {
        service.Services.AddSingleton<LiveTail>().AddSingleton<EmbeddedLogSearch>().AddSingleton<EmbeddedLogStore>()
            .AddApiClients().AddSingleton<OpenSearchApi>().AddSingleton<OpenSearchLogStore>()
            .AddSingleton<ILogStore>(provider => provider.GetRequiredService<IOptions<ArchiveOptions>>().Value.Logs.OpenSearch.IsSet
                ? provider.GetRequiredService<OpenSearchLogStore>() : provider.GetRequiredService<EmbeddedLogStore>());
        return service.Consumers(bus => bus.AddConsumer<LogBatchConsumer, LogBatchConsumerDefinition>());
    }
}
