using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Archive.Agents;
using Sigma.Archive.Logs.Embedded;
using Sigma.Archive.Logs.OpenSearch;
using Sigma.Archive.Samples.Embedded;
using Sigma.Hosting.Schedule;

namespace Sigma.Archive.Retention;

/// <summary>Deletes the files of days that are too old, then puts samples in order that wait for it: on a full disk the former makes room.</summary>
[DisallowConcurrentExecution]
internal sealed class Purge(EmbeddedLogStore lines, OpenSearchLogStore openSearch, EmbeddedSampleStore samples, AgentTable agents,
    IOptions<ArchiveOptions> options, TimeProvider time, IHostApplicationLifetime host, ILogger<Purge> log)
    : RepeatedJob("Old files of the archive cannot be deleted", host, log)
{
    public override async Task Run(CancellationToken ct)
    {
        var settings = options.Value;
        Tell("files of lines", lines.DropBefore(notable: true, Before(settings.Logs.KeepDays)) + lines.DropBefore(notable: false,
            Before(settings.Logs.KeepRoutineDays)));
        ct.ThrowIfCancellationRequested();
        Tell("files of samples", samples.DropBefore(Before(settings.Samples.KeepDays)));
        ct.ThrowIfCancellationRequested();
        samples.PutInOrder();
        Tell("agents", agents.DropBefore(time.GetUtcNow().AddDays(-settings.Agents.KeepDays).ToUnixTimeMilliseconds()));
        if (settings.Logs.OpenSearch.IsSet)
            Tell("indexes of OpenSearch", await openSearch.DropBefore(notable: true, Before(settings.Logs.KeepDays), ct)
                + await openSearch.DropBefore(notable: false, Before(settings.Logs.KeepRoutineDays), ct));
    }

    /// <summary>The day that is kept is whole.</summary>
    DateOnly Before(int days) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-days);

    void Tell(string what, int dropped)
    {
        if (dropped > 0)
            log.LogInformation("Deleted {Dropped} {What} that were too old", dropped, what);
    }
}
