using System.Diagnostics.Metrics;
using Sigma.Archive.Agents;
using Sigma.Archive.Files;
using Sigma.Archive.Logs.Embedded;
using Sigma.Archive.Queries;
using Sigma.Archive.Samples.Embedded;

namespace Sigma.Archive.Retention;

/// <summary>Shows as metrics what the archive's files take, and how many agents there are.</summary>
internal sealed class DiskUse(ArchiveFolder folder, AgentTable agents) : IHostedService
{
    public static IReadOnlyList<string> Kinds { get; } = [LogFiles.Notable, LogFiles.Routine, SampleFile.Kind];

    public Task StartAsync(CancellationToken ct)
    {
        ArchiveTelemetry.ObserveDisk(() => Kinds
            .Select(kind => new Measurement<long>(folder.BytesOf(kind), new KeyValuePair<string, object?>("kind", kind))));
        ArchiveTelemetry.ObserveRoom(() => folder.FreeBytes() is { } free ? [new Measurement<long>(free)] : []);
        ArchiveTelemetry.ObserveAgents(() => agents.Count()
            .Select(of => new Measurement<long>(of.Agents, new KeyValuePair<string, object?>("state", AgentsApi.NameOf(of.State)))));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
}
