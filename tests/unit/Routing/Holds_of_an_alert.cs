using Microsoft.Extensions.Configuration;
using Sigma.Notifier;
using Sigma.Notifier.Holds;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Routing;
using Sigma.Notifier.Silences;
using Sigma.Notifier.Snoozes;

namespace Sigma.UnitTests.Routing;

public sealed class Holds_of_an_alert
{
    static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What each kind means, said once more and in its order: another alert, hours, a silence, maintenance.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Are_those_that_an_oracle_finds(int seed)
    {
        Random random = new(seed);
        for (var round = 0; round < 500; round++)
        {
            string Pair() => $"{random.Next(3)}{random.Next(3)}";
            var (hours, window) = (random.Next(24), random.Next(24));
            var (routed, maintained, source, target) = (Pair(), Pair(), Pair(), Pair());
            NotificationPolicy policy = new(new NotifierOptions
            {
                TimeZone = "UTC",
                Routes = [new() { Name = "r", Matchers = [$"a=~[{routed}]"], Hours = [$"{hours:00}:00-{hours:00}:30"] }],
                Maintenance = [new() { Name = "m", Matchers = [$"b=~[{maintained}]"], Hours = [$"{window:00}:00-{window:00}:30"] }],
                Inhibitions = [new() { Name = "i", Source = [$"a=~[{source}]"], Target = [$"b=~[{target}]"], Equal = ["c"] }],
            }, Default);
            var silences = Enumerable.Range(0, random.Next(3)).Select(_ => new Silence(Guid.NewGuid(), MatcherSet.Parse([$"c=~[{Pair()}]"]),
                Noon.AddHours(random.Next(-3, 3)), Noon.AddHours(random.Next(4)), "Ana", "x")).ToList();
            var alerts = Enumerable.Range(0, 5).ToDictionary(_ => Guid.NewGuid(),
                _ => Facts.Of(("a", $"{random.Next(3)}"), ("b", $"{random.Next(3)}"), ("c", $"{random.Next(3)}")));
            var inhibitors = alerts.Where(alert => source.Contains(alert.Value.Value("a"))).ToDictionary(alert => alert.Key, alert => alert.Value);
            ActiveHolds holds = new(policy, silences, inhibitors);
            var now = Noon.AddMinutes(random.Next(24 * 60));

            foreach (var (id, alert) in alerts)
            {
                bool IsSource(AlertFacts facts) => source.Contains(facts.Value("a"));
                bool IsTarget(AlertFacts facts) => target.Contains(facts.Value("b"));
                bool In(int hour) => now.Hour == hour && now.Minute < 30;
                HoldKind? expected =
                    IsTarget(alert) && alerts.Any(other => other.Key != id && IsSource(other.Value) && other.Value.Value("c") == alert.Value("c")
                        && !(IsSource(alert) && IsTarget(other.Value))) ? HoldKind.Inhibited
                    : routed.Contains(alert.Value("a")) && !In(hours) ? HoldKind.OutOfHours
                    : silences.Exists(s => s.From <= now && now < s.Until && s.Matchers.Fit(alert)) ? HoldKind.Silenced
                    : maintained.Contains(alert.Value("b")) && In(window) ? HoldKind.Maintenance : null;
                var found = holds.Of(id, alert, "default", now);
                Assert.Equal(expected, found?.Kind);
                Assert.True(found?.Until is null || found.Until > now);
            }
        }
    }

    [Fact]
    public void Of_several_silences_the_one_that_ends_last_says_until_when()
    {
        Silence Of(int hours) => new(Guid.NewGuid(), MatcherSet.Every, Noon, Noon.AddHours(hours), $"{hours}", "x");
        ActiveHolds holds = new(new(new(), Default), [Of(2), Of(5), Of(3)], new Dictionary<Guid, AlertFacts>());

        var hold = holds.Of(Guid.NewGuid(), Facts.Of(), "default", Noon);

        Assert.Equal(("silenced until 2026-11-29 17:00Z by 5: x", Noon.AddHours(5)), (hold!.Reason, hold.Until!.Value));
        Assert.Null(holds.Of(Guid.NewGuid(), Facts.Of(("source", "drill")), "default", Noon));
    }

    [Fact]
    public void Of_a_snooze_are_of_its_alert_alone_until_its_time()
    {
        var (snoozed, forever) = (Guid.NewGuid(), Guid.NewGuid());
        ActiveHolds holds = new(new(new(), Default), [], new Dictionary<Guid, AlertFacts>())
        {
            Snoozes = new Dictionary<Guid, Snooze>
            {
                [snoozed] = new(snoozed, Noon.AddHours(2), "Ana", "at lunch"), [forever] = new(forever, null, "Rui", null),
            },
        };

        Assert.Equal(("snoozed until 2026-11-29 14:00Z by Ana: at lunch", Noon.AddHours(2)),
            holds.Of(snoozed, Facts.Of(), "default", Noon) is { } hold ? (hold.Reason, hold.Until!.Value) : default);
        Assert.Null(holds.Of(snoozed, Facts.Of(), "default", Noon.AddHours(2)));
        Assert.Equal("snoozed until it is cleared by Rui", holds.Of(forever, Facts.Of(), Noon)?.Reason);
        Assert.Null(holds.Of(Guid.NewGuid(), Facts.Of(), "default", Noon));
        Assert.Null(holds.WithoutSnoozeOf(forever).Of(forever, Facts.Of(), Noon));
        Assert.False(holds.HasSame(holds.WithoutSnoozeOf(forever)));
    }

    static ReceiverSettings Default => ReceiverSettings.Read(new ConfigurationBuilder().Build());
}
