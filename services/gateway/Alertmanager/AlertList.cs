using Sigma.Gateway.Integrations;
using Sigma.Hosting.Alertmanager;

namespace Sigma.Gateway.Alertmanager;

/// <summary>
/// Lists the alerts of an integration as Alertmanager does. What is raised is the evaluator's to tell: so what is listed is what people are told of,
/// and every gateway lists the same.
/// </summary>
internal sealed class AlertList(EvaluatorClient evaluator, IntegrationSilences silences, TimeProvider time)
{
    /// <summary>The one receiver there is: whom to tell is the notifier's to know, by routes of another kind.</summary>
    public const string Receiver = "sigma";

    // Until when it holds is told to nobody but us, and the clients want a time that is to come.
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Those that the filter wants, by the time of their start.</summary>
    public async Task<IReadOnlyList<GettableAlert>> Find(Integration integration, AlertFilter filter, CancellationToken ct)
    {
        if (filter.Receiver is { } receiver && !LabelMatcher.FitsWhole(receiver, Receiver))
            return [];
        var inForce = await silences.InForce(ct);
        var now = time.GetUtcNow();
        List<GettableAlert> found = [];
        foreach (var raised in await evaluator.Raised(integration.Name, ct))
        {
            var alert = OpenAlert.Of(raised);
            if (!Fit(filter.Matchers, name => alert.Labels.GetValueOrDefault(name, "")))
                continue;
            var by = inForce.Where(silence => Fit(silence.Matchers, name => name == "source" ? integration.Name : Value(alert, name)))
                .Select(silence => silence.Id).ToList();
            if (by.Count > 0 ? filter.Silenced : filter.Active)
                found.Add(new(alert.Labels, alert.Annotations, alert.StartsAt, now + Lease, alert.UpdatedAt, alert.Id,
                    alert.Url ?? "", [new(Receiver)], new(by.Count > 0 ? "suppressed" : "active", by, [])));
        }
        return found;
    }

    /// <summary>The same by rule.</summary>
    public async Task<IReadOnlyList<AlertGroup>> Groups(Integration integration, AlertFilter filter, CancellationToken ct) =>
        [.. (await Find(integration, filter, ct))
            .GroupBy(alert => alert.Labels.GetValueOrDefault(GettableAlert.RuleLabel, ""), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new AlertGroup(new Dictionary<string, string> { [GettableAlert.RuleLabel] = group.Key }, new(Receiver), [.. group]))];

    // The notifier's silences name labels in lower case.
    static string Value(OpenAlert alert, string name)
    {
        if (alert.Labels.TryGetValue(name, out var value))
            return value;
        foreach (var (label, other) in alert.Labels)
            if (label.Equals(name, StringComparison.OrdinalIgnoreCase))
                return other;
        return "";
    }

    static bool Fit(IReadOnlyList<LabelMatcher> matchers, Func<string, string> value)
    {
        foreach (var matcher in matchers)
            if (!matcher.Fits(value(matcher.Name)))
                return false;
        return true;
    }
}
