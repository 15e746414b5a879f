namespace Sigma.OperatorConsole.Services;

/// <summary>Asks the fetcher. Every failure is a <see cref="ServiceException"/>.</summary>
internal sealed class FetcherClient(ServiceCalls calls)
{
    /// <summary>Which minutes of the last hours are covered, late or missing, and why.</summary>
    /// <param name="hours">From 1 to 168.</param>
    /// <param name="ct">Ends it.</param>
    public Task<SourceCoverage> Coverage(int hours, CancellationToken ct) =>
        calls.Get<SourceCoverage>(new RequestPath("coverage").With("hours", hours).ToString(), ct);
}
