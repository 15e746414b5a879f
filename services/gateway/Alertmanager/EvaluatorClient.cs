namespace Sigma.Gateway.Alertmanager;

/// <summary>Asks the evaluator what is raised. Every failure is a <see cref="ServiceException"/>.</summary>
internal sealed class EvaluatorClient(ServiceCalls calls)
{
    const int Page = 1000, MostPages = 20;

    /// <summary>What is raised of a source, the newest first; at most 20,000.</summary>
    public async Task<IReadOnlyList<RaisedAlert>> Raised(string source, CancellationToken ct)
    {
        List<RaisedAlert> all = [];
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var path = $"internal/evaluator/alerts?source={Uri.EscapeDataString(source)}&limit={Page}"
                + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
            var found = (await calls.Send<RaisedPage>(HttpMethod.Get, path, null, ct))!;
            all.AddRange(found.Items);
            if (found.Next is null)
                break;
            after = found.Next;
        }
        return all;
    }

    sealed record RaisedPage(IReadOnlyList<RaisedAlert> Items, string? Next);
}

/// <summary>An alert that the evaluator has raised, as far as it is listed here.</summary>
internal sealed record RaisedAlert
{
    public required string Severity { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public string? Summary { get; init; }

    public string? Url { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
