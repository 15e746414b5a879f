using Sigma.Notifier.Receivers;
using Sigma.Notifier.Routing;

namespace Sigma.Notifier.Queries;

/// <summary>Where alerts go, as the settings have it.</summary>
public sealed class RouteQuery
{
    readonly ReceiverSettings _receivers;
    readonly NotificationPolicy _policy;

    RouteQuery(ReceiverSettings receivers, NotificationPolicy policy)
    {
        _receivers = receivers;
        _policy = policy;
    }

    /// <summary>Receivers that some alert can go to.</summary>
    public IReadOnlyCollection<string> Reached => [.. _policy.Routes.Receivers];

    /// <summary>By these settings.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is wrong.</exception>
    public static RouteQuery Of(IConfiguration configuration) => new(ReceiverSettings.Read(configuration), NotificationPolicy.Read(configuration));

    /// <summary>The receivers of an alert and the routes to them, in their order; a receiver once.</summary>
    public IReadOnlyList<FoundReceiver> Find(AskedAlert alert, DateTimeOffset at)
    {
        var facts = alert.Facts;
        return
        [
            .. from route in _policy.Routes.Of(facts)
               group route by route.Receiver into told
               select new FoundReceiver(told.Key, [.. told.Select(route => route.Path)],
                   [.. _receivers.All.First(receiver => receiver.Name == told.Key).Integrations.Where(i => i.Settings.Enabled).Select(i => i.Name)],
                   OutOfHours([.. told], at)),
        ];
    }

    static string? OutOfHours(IReadOnlyList<AlertRoute> routes, DateTimeOffset at) =>
        routes.Any(route => route.Hours is null || route.Hours.EndOf(at) is not null) ? null
            : $"out of hours ({routes[0].Path}: {routes[0].Hours}) until "
                + $"{routes.Min(route => route.Hours!.NextAfter(at)).UtcDateTime:yyyy-MM-dd HH:mm}Z";
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
public sealed record FoundReceiver(string Name, IReadOnlyList<string> Paths, IReadOnlyList<string> Integrations, string? HeldBy);
