using Sigma.Notifier.Holds;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Routing;
using Sigma.Notifier.Silences;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>Where alerts go.</summary>
public sealed class RouteQuery
{
    readonly ReceiverSettings _receivers;
    readonly ActiveHolds _holds;

    RouteQuery(ReceiverSettings receivers, ActiveHolds holds)
    {
        _receivers = receivers;
        _holds = holds;
    }

    /// <summary>Receivers that some alert can go to.</summary>
    public IReadOnlyCollection<string> Reached => [.. _holds.Policy.Routes.Receivers
        .Concat(_holds.Policy.Escalations.Values.SelectMany(escalation => escalation.Steps).Select(step => step.Receiver)).Distinct()];

    /// <summary>By these settings, and by what people might make beside them.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is wrong.</exception>
    /// <exception cref="PolicyTextException">What people might make is wrong.</exception>
    public static RouteQuery Of(IConfiguration configuration, PolicyOptions? made = null)
    {
        var policy = NotificationPolicy.Read(configuration, made);
        return new(ReceiverSettings.Read(configuration), new(policy, policy.Silences, new Dictionary<Guid, AlertFacts>()));
    }

    /// <summary>By these settings, and by what people made, the silences, and the alerts that hold back others, which a database has now.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is wrong.</exception>
    /// <exception cref="PolicyTextException">What people made does not fit the settings.</exception>
    public static async Task<RouteQuery> Of(IConfiguration configuration, Database database, TimeProvider time, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var made = await PolicyInForce.Made(session, ct) is { } text ? PolicyText.Read(text) : null;
        var policy = NotificationPolicy.Read(configuration, made);
        List<Silence> silences = [.. policy.Silences, .. await new SilenceTable().Unended(session, time.GetUtcNow(), ct)];
        return new(ReceiverSettings.Read(configuration), new(policy, silences,
            await new Inhibition.RaisedInhibitors(new(time)).Read(session, policy, ct)));
    }

    /// <summary>The receivers of an alert and the routes to them, in their order; a receiver once.</summary>
    public IReadOnlyList<FoundReceiver> Find(AskedAlert alert, DateTimeOffset at)
    {
        var facts = alert.Facts;
        return
        [
            .. from route in _holds.Policy.Routes.Of(facts)
               group route by route.Receiver into told
               select new FoundReceiver(told.Key, [.. told.Select(route => route.Path)],
                   [.. _receivers.All.First(receiver => receiver.Name == told.Key).Integrations.Where(i => i.Settings.Enabled).Select(i => i.Name)],
                   _holds.Of(Guid.Empty, facts, told.Key, at)?.Reason, [.. Steps(told)]),
        ];
    }

    IEnumerable<FoundStep> Steps(IEnumerable<AlertRoute> routes) =>
        from name in routes.Select(route => route.Escalation).Where(name => name.Length > 0).Distinct()
        from step in _holds.Policy.Escalations[name].Steps
        select new FoundStep(step.After, step.Receiver);
}

/// <summary>An alert that is asked about: nobody has raised it.</summary>
/// <param name="Rule">Name of its rule.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Source">Its source.</param>
/// <param name="Kind">Kind of its rule.</param>
/// <param name="Category">Its category, if it has one.</param>
/// <param name="Labels">Its labels.</param>
public sealed record AskedAlert(string Rule, string Severity, string Source, string Kind, string? Category,
    IReadOnlyDictionary<string, string> Labels)
{
    internal AlertFacts Facts => new() { Rule = Rule, Severity = Severity, Source = Source, Kind = Kind, Category = Category, Labels = Labels };
}

/// <summary>A receiver of an alert.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Paths">The routes to it, each after those above it; an empty one where no route fits.</param>
/// <param name="Integrations">Those that are on.</param>
/// <param name="HeldBy">Why it is not told at that time; null when it is.</param>
/// <param name="Steps">Who is told when nobody takes the alert on.</param>
public sealed record FoundReceiver(string Name, IReadOnlyList<string> Paths, IReadOnlyList<string> Integrations, string? HeldBy,
    IReadOnlyList<FoundStep> Steps);

/// <summary>So long after the step before it, this receiver is told.</summary>
/// <param name="After">So long.</param>
/// <param name="Receiver">The receiver.</param>
public sealed record FoundStep(TimeSpan After, string Receiver);
