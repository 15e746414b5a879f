using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Sources;

/// <summary>What is asked again and again besides Segware, and who is heard again and again; for those who see everything.</summary>
internal sealed class SourceQuery(FetcherClient fetcher, ArchiveClient archive)
{
    /// <summary>Feeds, probes and other systems.</summary>
    public Task<IReadOnlyList<PolledSource>> Polled(Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return fetcher.Sources(ct);
    }

    /// <summary>One of them; null when there is none.</summary>
    public Task<PolledSource?> Find(string name, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return fetcher.Source(name, ct);
    }

    /// <summary>The last times it was asked, the newest first.</summary>
    public Task<ServicePage<PolledRun>> Runs(string name, string? after, int limit, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return fetcher.Runs(name, after, limit, ct);
    }

    /// <summary>Agents, the one that was heard last first.</summary>
    public Task<ServicePage<ArchivedAgent>> Agents(string? state, string? source, string? after, int limit, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return archive.Agents(state, source, after, limit, ct);
    }
}
