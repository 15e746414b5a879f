namespace Sigma.OperatorConsole.Services;

/// <summary>Asks the archive, by its internal API. Every failure is a <see cref="ServiceException"/>.</summary>
internal sealed class ArchiveClient(ServiceCalls calls)
{
    const string Root = "internal/archive/";

    /// <summary>Lines that a query finds, the newest first; an empty query finds all.</summary>
    public Task<ArchivedLines> Lines(string query, DateTimeOffset? from, DateTimeOffset? to, string? after, int limit, CancellationToken ct) =>
        calls.Get<ArchivedLines>(Of("logs", query, from, to).With("after", after).With("limit", limit).ToString(), ct);

    /// <summary>How many lines a query finds in each of so many parts of a time.</summary>
    public Task<ArchivedCounts> Counts(string query, DateTimeOffset? from, DateTimeOffset? to, int parts, CancellationToken ct) =>
        calls.Get<ArchivedCounts>(Of("logs/histogram", query, from, to).With("parts", parts).ToString(), ct);

    /// <summary>One line; null when there is none, or none any more.</summary>
    public Task<ArchivedLine?> Line(string id, CancellationToken ct) =>
        calls.Find<ArchivedLine>(new RequestPath($"{Root}logs/line").With("id", id).ToString(), ct);

    /// <summary>Lines that a query finds, as they come: to go away ends it.</summary>
    public IAsyncEnumerable<TailedLine> Tail(string query, CancellationToken ct) =>
        calls.Follow<TailedLine>(new RequestPath($"{Root}logs/tail").With("q", query).ToString(), ct);

    /// <summary>The series there are, by name and labels.</summary>
    public Task<ServicePage<ArchivedSeries>> Series(SeriesQuestion question, string? after, int limit, CancellationToken ct) =>
        calls.Get<ServicePage<ArchivedSeries>>(Of("series", question).With("after", after).With("limit", limit).ToString(), ct);

    /// <summary>Their values, in steps.</summary>
    public Task<ArchivedSamples> Samples(SeriesQuestion question, double? step, CancellationToken ct) =>
        calls.Get<ArchivedSamples>(Of("samples", question)
            .With("step", step?.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)).ToString(), ct);

    /// <summary>Who was heard, the one that was heard last first.</summary>
    public Task<ServicePage<ArchivedAgent>> Agents(string? state, string? source, string? after, int limit, CancellationToken ct) =>
        calls.Get<ServicePage<ArchivedAgent>>(new RequestPath($"{Root}agents").With("state", state).With("source", source).With("after", after)
            .With("limit", limit).ToString(), ct);

    static RequestPath Of(string path, SeriesQuestion question) => new RequestPath($"{Root}{path}")
        .With("name", question.Name.Length > 0 ? question.Name : null).With("label", question.Labels.Select(label => $"{label.Key}={label.Value}"))
        .With("from", question.From).With("to", question.To);

    static RequestPath Of(string path, string query, DateTimeOffset? from, DateTimeOffset? to) =>
        new RequestPath($"{Root}{path}").With("q", query.Length > 0 ? query : null).With("from", from).With("to", to);
}

/// <summary>Which series.</summary>
/// <param name="Name">Their name, or its beginning and a star; empty for all.</param>
/// <param name="Labels">Labels that they have.</param>
/// <param name="From">With values from then on, UTC.</param>
/// <param name="To">With values until then, UTC.</param>
internal sealed record SeriesQuestion(string Name, IReadOnlyDictionary<string, string> Labels, DateTimeOffset? From, DateTimeOffset? To);
