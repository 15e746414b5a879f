using Sigma.Archive.Agents;
using Sigma.Archive.Files;
using Sigma.Archive.Logs;
using Sigma.Archive.Queries;
using Sigma.Archive.Retention;
using Sigma.Archive.Samples;
using Sigma.Hosting;

namespace Sigma.Archive;

/// <summary>The archive as part of a process: alone in its own, or beside the others in the standalone host.</summary>
public static class ArchiveService
{
    /// <summary>All that the archive does.</summary>
    public static ServiceBuilder AddArchive(this ServiceBuilder service) => service
        .Settings<ArchiveOptions>("Archive")
        .AddFolder()
        .AddLogs()
        .AddSamples()
        .AddAgents()
        .AddRetention()
        .AddQueries();
}
