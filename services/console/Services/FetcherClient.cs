namespace Sigma.OperatorConsole.Services;

/// <summary>Asks the fetcher. Every failure is a <see cref="ServiceException"/>.</summary>
internal sealed class FetcherClient(ServiceCalls open, ServiceCalls calls)
{
    const string Root = "internal/fetcher/";

    /// <summary>Which minutes of the last hours are covered, late or missing, and why.</summary>
    /// <param name="hours">From 1 to 168.</param>
    /// <param name="ct">Ends it.</param>
    public Task<SourceCoverage> Coverage(int hours, CancellationToken ct) =>
        open.Get<SourceCoverage>(new RequestPath("coverage").With("hours", hours).ToString(), ct);

    /// <summary>What is asked again and again besides Segware: feeds, probes and other systems.</summary>
    public async Task<IReadOnlyList<PolledSource>> Sources(CancellationToken ct) =>
        (await calls.Get<ServicePage<PolledSource>>($"{Root}sources", ct)).Items;

    /// <summary>One of them; null when there is none.</summary>
    public Task<PolledSource?> Source(string name, CancellationToken ct) =>
        calls.Find<PolledSource>($"{Root}sources/{Uri.EscapeDataString(name)}", ct);

    /// <summary>The last times it was asked, the newest first.</summary>
    public Task<ServicePage<PolledRun>> Runs(string name, string? after, int limit, CancellationToken ct) =>
        calls.Get<ServicePage<PolledRun>>(new RequestPath($"{Root}sources/{Uri.EscapeDataString(name)}/history").With("after", after)
            .With("limit", limit).ToString(), ct);
}
