namespace Sigma.Gateway.Alertmanager;

/// <summary>An alert of an integration that is raised, as clients of Alertmanager know it.</summary>
/// <param name="Id">Its fingerprint.</param>
/// <param name="Labels">What it is about.</param>
/// <param name="Annotations">What describes it.</param>
/// <param name="StartsAt">Since when.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Url">Where its sender shows it; null when nowhere.</param>
internal sealed record OpenAlert(string Id, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt, DateTimeOffset UpdatedAt, string? Url)
{
    // What the gateway adds to what the sender says.
    const string IntegrationLabel = "integration", SeverityLabel = "severity";

    /// <summary>As the evaluator tells of it.</summary>
    public static OpenAlert Of(RaisedAlert raised)
    {
        var said = raised.Labels.Where(label => label.Key != IntegrationLabel).OrderBy(label => label.Key, StringComparer.Ordinal).ToArray();
        Dictionary<string, string> labels = new(said, StringComparer.Ordinal);
        labels.TryAdd(SeverityLabel, raised.Severity);
        Dictionary<string, string> annotations = new(raised.Annotations, StringComparer.Ordinal);
        if (raised.Summary is { Length: > 0 } summary)
            annotations.TryAdd("summary", summary);
        return new(Fingerprint.Of(said), labels, annotations, raised.RaisedAt, raised.AcknowledgedAt ?? raised.RaisedAt, raised.Url);
    }
}
