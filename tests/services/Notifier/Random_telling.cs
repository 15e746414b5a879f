using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Notifier.Queries;
using Sigma.Notifier.Routing;
using Sigma.Storage;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

/// <summary>
/// Random routes, silences, inhibitions, escalations, acknowledgements, snoozes, restarts, changes and clears: whoever was told of an alert is told
/// of its end, once, and nobody else.
/// </summary>
public sealed class Random_telling
{
    static readonly string[] Receivers = ["a", "b", "c"];

    readonly ShiftedClock _clock = new();

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task Who_got_the_raise_gets_the_clear(int seed)
    {
        Random random = new(seed);
        await using var notifier = await Start(_clock, Settings(random));
        SilenceCommands silences = new(notifier.Database, _clock);
        List<(Guid Id, long Account)> raised = [];
        List<Guid> silent = [];
        var restarts = 0;
        for (var step = 0; step < 60; step++)
            switch (random.Next(10))
            {
                case < 4:
                    raised.Add((Guid.NewGuid(), random.Next(4)));
                    await notifier.Publish(Raised(raised[^1].Id, raised[^1].Account));
                    break;
                case < 6 when raised.Count > 0:
                    var ended = raised[random.Next(raised.Count)];
                    raised.Remove(ended);
                    _ended.Add(ended.Id);
                    await notifier.Publish(Cleared(ended.Id, ended.Account));
                    break;
                case 6:
                    var now = _clock.GetUtcNow();
                    NewSilence silence = new([$"account=~[{random.Next(4)}{random.Next(4)}]"], now, now.AddMinutes(random.Next(1, 60)), "Ana", "x");
                    silent.Add(await silences.Add(silence, default));
                    break;
                case 7 when silent.Count > 0:
                    await silences.End(silent[random.Next(silent.Count)], "Ana", default);
                    break;
                case 8 when restarts < 3:
                    restarts++;
                    await Written(notifier, raised.Count); // a bus in memory forgets what nobody has read
                    await notifier.Restart(Settings(random));
                    break;
                case 8:
                    await new PolicyEdits(notifier.Database, notifier.Services.GetRequiredService<IConfiguration>(), _clock)
                        .Put(Made(random), "Ana", null, default);
                    break;
                case 9 when raised.Count > 0 && random.Next(3) == 0:
                    await notifier.Publish(Acknowledged(raised[random.Next(raised.Count)].Id));
                    break;
                case 9 when raised.Count > 0 && random.Next(3) > 0:
                    await notifier.Publish(Snoozed(raised[random.Next(raised.Count)].Id, random));
                    break;
                default:
                    await Advance(notifier, random.Next(1, 40));
                    break;
            }
        foreach (var id in silent)
            await silences.End(id, "Ana", default);
        foreach (var (id, account) in raised)
        {
            _ended.Add(id);
            await notifier.Publish(Cleared(id, account));
        }
        await Written(notifier, 0);
        await Await.Until(async () =>
        {
            await Advance(notifier, 1);
            return string.Join("; ", await notifier.Query<string>(
                """
                select kind || ' ' || channel || ' ' || state || ' ' || coalesce(reason, '') from notifier_deliveries
                where state in ('pending', 'waiting', 'sending', 'held')
                """));
        }, open => open.Length == 0, "all is settled");

        var told = 0;
        foreach (var number in Receivers.Select(Number))
            foreach (var alert in _ended)
            {
                var heard = notifier.Simulator.Received.Messages.Where(m => m.Number == number && m.Message.EndsWith($"{alert}"))
                    .Select(m => m.Message[0]).ToList();
                var said = string.Concat(heard);
                // What nobody takes on, and what was snoozed, is told once more.
                Assert.True(said is "" or "B" || (said[0] == 'R' && said[^1] == 'C' && said[1..^1].All(c => c == 'R')),
                    $"{number} heard '{said}' of {alert}");
                told += heard.Count;
            }
        // each by one message
        Assert.Equal([(long)told], await notifier.Query<long>("select count(*) from notifier_deliveries where state = 'sent'"));
        Assert.Equal([0L], await notifier.Query<long>("select count(*) from notifier_snoozes where ended_at is null"));
    }

    readonly HashSet<Guid> _ended = [];

    Task Written(NotifierSession notifier, int lasting) => Await.Until(
        async () => (await notifier.Query<long>("select count(raised_at) from sigma_cloud_events_tracker_registers")).Single()
            + (await notifier.Query<long>("select count(cleared_at) from sigma_cloud_events_tracker_registers")).Single(),
        written => written == lasting + 2 * _ended.Count, "all that was published is written down");

    // A call that takes half a minute is in doubt, and made again.
    async Task Advance(NotifierSession notifier, int halfMinutes)
    {
        for (; halfMinutes > 0; halfMinutes--)
        {
            await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_deliveries where state = 'sending'") is [0],
                "no call is made");
            _clock.Advance(TimeSpan.FromSeconds(30));
        }
    }

    static string Number(string receiver) => $"551199999000{Array.IndexOf(Receivers, receiver)}";

    static (string, string)[] Settings(Random random)
    {
        List<(string, string)> settings = [("Notifier:Channels:SegwareAlarmEvent:Enabled", "false")];
        for (var i = 0; i < Receivers.Length; i++)
        {
            var receiver = $"Notifier:Receivers:{i}:";
            settings.AddRange([(receiver + "Name", Receivers[i]), (receiver + "Integrations:0:Name", $"{Receivers[i]}1"),
                (receiver + "Integrations:0:Type", "whatsapp"), (receiver + "Integrations:0:ChatPro:Recipient", Number(Receivers[i])),
                (receiver + "Integrations:0:RaisedText", "R {alertId}"), (receiver + "Integrations:0:ClearedText", "C {alertId}"),
                (receiver + "Integrations:0:RaisedAndClearedText", "B {alertId}")]);
        }
        for (var i = 0; i < random.Next(4); i++)
        {
            var route = $"Notifier:Routes:{i}:";
            settings.AddRange([(route + "Name", $"r{i}"), (route + "Matchers:0", $"account=~[{random.Next(4)}{random.Next(4)}]"),
                (route + "Receiver", Receivers[random.Next(3)]), (route + "Continue", random.Next(2) == 0 ? "true" : "false")]);
            if (random.Next(2) == 0)
                settings.Add((route + "Hours:0", $"{random.Next(24):00}:00-{random.Next(24):00}:30 UTC"));
        }
        if (random.Next(2) == 0)
            settings.AddRange([("Notifier:Inhibitions:0:Name", "i"), ("Notifier:Inhibitions:0:Source:0", $"account={random.Next(4)}"),
                ("Notifier:Inhibitions:0:Target:0", "account!=0")]);
        settings.AddRange([("Notifier:Escalations:0:Name", "chain"), ("Notifier:Escalations:0:Repeat", $"{random.Next(2)}"),
            ("Notifier:Escalations:0:Steps:0:After", "00:10:00"), ("Notifier:Escalations:0:Steps:0:Receiver", Receivers[random.Next(3)]),
            ("Notifier:Escalations:0:Steps:1:After", "00:10:00"), ("Notifier:Escalations:0:Steps:1:Receiver", Receivers[random.Next(3)])]);
        settings.AddRange([("Notifier:Routes:9:Name", "rest"), ("Notifier:Routes:9:Escalation", random.Next(2) == 0 ? "chain" : "")]);
        return [.. settings];
    }

    static PolicyOptions Made(Random random) => new()
    {
        Routes = [new() { Name = "made", Matchers = [$"account=~[{random.Next(4)}{random.Next(4)}]"], Receiver = Receivers[random.Next(3)] }],
        Maintenance =
        [
            new() { Name = "made", Matchers = [$"account={random.Next(4)}"], Hours = [$"{random.Next(24):00}:00-{random.Next(24):00}:30"] },
        ],
    };

    // For a while, until it is over, for another while, or no more.
    AlertUpdated Snoozed(Guid alert, Random random)
    {
        var (now, snoozed, ends) = (_clock.GetUtcNow(), random.Next(3) > 0, random.Next(2) > 0);
        return new()
        {
            AlertId = alert, Rule = "excess", Kind = "count", Severity = "warning", Source = "segware", By = "Ana", Change = AlertChange.Snoozed,
            Labels = new Dictionary<string, string> { ["account"] = "7" }, Snoozed = snoozed,
            SnoozedUntil = snoozed && ends ? now.AddMinutes(random.Next(1, 60)) : null, RaisedAt = At("2026-11-20T21:00:30Z"), UpdatedAt = now,
        };
    }

    static AlertAcknowledged Acknowledged(Guid alert) => new()
    {
        AlertId = alert, Rule = "excess", Kind = "count", Severity = "warning", Source = "segware", By = "Ana",
        Labels = new Dictionary<string, string> { ["account"] = "7" }, RaisedAt = At("2026-11-20T21:00:30Z"),
        AcknowledgedAt = At("2026-11-20T21:05:30Z"),
    };
}
