using Sigma.Faults.Stations;
using Sigma.Simulator.Faults;

namespace Sigma.Faults.Injection;

/// <summary>Everything that is broken.</summary>
internal static class FaultKinds
{
    public const string ServiceKilled = "service killed", ServiceFrozen = "service frozen", BrokerKilled = "broker killed",
        BrokerRestarted = "broker restarted",
        BrokerCut = "connections to the broker cut", DatabaseKilled = "database killed", DatabaseRestarted = "database restarted",
        DatabaseCut = "connections to the database cut", Segware = "Segware fails", SegwareAway = "Segware away for longer than a window",
        ChatPro = "ChatPro fails",
        AlarmEvents = "Segware's alarm events fail", ClockJumps = "a service's clock jumps", ClockAtStart = "service started with a wrong clock",
        SegwareSkewed = "Segware's clock is behind", DatabaseLimited = "the database limits its user",
        RuleRenamed = "rule renamed between two starts",
        OddAnswers = "answers that refuse, redirect or are odd";

    /// <summary>Restarts of these must be recovered from within half a minute.</summary>
    public static readonly IReadOnlySet<string> Restarts = new HashSet<string> { BrokerKilled, BrokerRestarted, DatabaseKilled, DatabaseRestarted };

    public static IReadOnlyList<FaultKind> Of(Station station) =>
    [
        new(ServiceKilled, false, r => Service(station, r, "killed", service => ct => service.Kill(Seconds(r, 1, 4), ct))),
        new(ServiceKilled, false, r => Service(station, r, "killed", service => ct => service.Kill(Seconds(r, 1, 4), ct))),
        new(ServiceFrozen, false, r => Service(station, r, "frozen", service => ct => service.Freeze(Seconds(r, 22, 30), ct))),
        new(BrokerKilled, true, r => ("the broker", Down(r, station.Broker.Kill, station.Broker.Restart))),
        new(BrokerRestarted, true, r => ("the broker", Down(r, station.Broker.Stop, station.Broker.Restart))),
        new(BrokerCut, false, _ => ("all connections", station.Broker.CutConnections)),
        new(DatabaseKilled, true, r => ("the database", Down(r, station.DatabaseServer.Kill, station.DatabaseServer.Restart))),
        new(DatabaseRestarted, true, r => ("the database", Down(r, station.DatabaseServer.Stop, station.DatabaseServer.Restart))),
        new(DatabaseCut, false, _ => ("all connections", station.DatabaseServer.CutConnections)),
        new(Segware, false, r => Api(station, r, Pick(r, "/v1/events", "/v1/events", "/v2/occurrences", "/v5/accounts/*"), mayHang: true)),
        new(SegwareAway, false, r => ("/v1/events answers 503", Broken(station, Seconds(r, 34, 42), Fault.WithStatus("/v1/events", 503)))),
        new(ChatPro, false, r => Api(station, r, "*/send_message", mayHang: true)),
        new(ChatPro,
            false,
            _ => ("send_message works, but its answers never come",
                Broken(station, TimeSpan.FromSeconds(10), Fault.DoneThenHanging("*/send_message")))),
        new(OddAnswers, false, r => Odd(station, r, "*/send_message", """{"status":false,"message":"phone is not connected"}""",
            """{"message":"Mensagem enviada com sucesso","resposeMessage":{"id":"3EB0","timestamp":1},"status":true}""")),
        new(OddAnswers,
            false, r => Odd(station, r, "/v3/events/alarm", """{"messageKey":"internal_error","message":"Erro interno."}""", """{"received":1}""")),
        new(OddAnswers, false, r => ("the phone is not connected: 400", Disconnected(station, Seconds(r, 5, 15)))),
        new(DatabaseLimited, false, r => ("two connections at most", Limited(station, Seconds(r, 5, 20)))),
        new(SegwareSkewed, false, r => Skewed(station, r)),
        new(RuleRenamed, false, r => ("all evaluators", Renamed(station, Seconds(r, 1, 3)))),
        .. ClockKinds(station),
        new(AlarmEvents, false, r => Api(station, r, "/v3/events/alarm", mayHang: true)),
        new(AlarmEvents, false,
            _ => ("alarm events are taken, but the answers never come",
                Broken(station, TimeSpan.FromSeconds(10), Fault.DoneThenHanging("/v3/events/alarm")))),
    ];

    static IEnumerable<FaultKind> ClockKinds(Station station) => !ServiceClock.CanBeSet ? [] :
    [
        new(ClockJumps, false, r => Clock(station, r, "'s clock jumps", (service, ahead) => async ct =>
        {
            service.Clock.Set(ahead);
            await Task.Delay(Seconds(r, 5, 20), ct);
            service.Clock.Set(TimeSpan.Zero);
        })),
        new(ClockAtStart, false, r => Clock(station, r, " started with its clock wrong", (service, ahead) => async ct =>
        {
            await service.Kill(Seconds(r, 1, 3), ct, _ => service.Clock.Set(ahead));
            await Task.Delay(Seconds(r, 8, 15), ct);
            service.Clock.Set(TimeSpan.Zero);
        })),
    ];

    static (string, Func<CancellationToken, Task>) Clock(Station station, Random random, string how,
        Func<Service, TimeSpan, Func<CancellationToken, Task>> strike)
    {
        var service = station.Services[random.Next(station.Services.Count)];
        var ahead = TimeSpan.FromMinutes(random.Next(2) == 0 ? random.Next(10, 300) : -random.Next(10, 300));
        return ($"{service.Name}{how} by {ahead.TotalMinutes:0} min", strike(service, ahead));
    }

    static (string, Func<CancellationToken, Task>) Skewed(Station station, Random random)
    {
        var behind = Seconds(random, 6, 30);
        var time = Seconds(random, 10, 25);
        return ($"{behind.TotalSeconds:0} s", async ct =>
        {
            station.Simulator.Options.Segware.ClockAhead = -behind;
            await Task.Delay(time, ct);
            station.Simulator.Options.Segware.ClockAhead = TimeSpan.Zero;
        });
    }

    static Func<CancellationToken, Task> Limited(Station station, TimeSpan time) => async ct =>
    {
        await station.LimitConnections(2, ct);
        await station.DatabaseServer.CutConnections(ct);
        await Task.Delay(time, ct);
        await station.LimitConnections(0, ct);
    };

    // All evaluators stop before the first starts with the new settings, as the handbook says.
    static Func<CancellationToken, Task> Renamed(Station station, TimeSpan pause) => ct =>
        Task.WhenAll(station.Services.Where(s => s.Name.StartsWith("evaluator", StringComparison.Ordinal))
            .Select(s => s.Kill(pause, ct, Settings.Rename)));

    static Func<CancellationToken, Task> Disconnected(Station station, TimeSpan time) => async ct =>
    {
        using var active = station.Simulator.Faults.Add(Fault.Answering("*/send_message", 400,
            """{"statusCode":400,"message":"phone is not connected","error":"Bad Request"}"""));
        station.Simulator.ChatPro.Connected = false;
        await Task.Delay(time, ct);
        station.Simulator.ChatPro.Connected = true;
    };

    static (string, Func<CancellationToken, Task>) Odd(Station station, Random random, string path, string refusal, string taken)
    {
        var (how, fault) = random.Next(4) switch
        {
            0 => ("redirects to a page", Fault.Redirecting(path, 302, "/login")),
            1 => ("redirects to another host", Fault.Redirecting(path, 307, "http://127.0.0.2:9/")),
            2 => ("answers 200 with a refusal", Fault.Answering(path, 200, refusal)),
            _ => ("takes it and labels its answer as a page", Fault.Answering(path, 201, taken, "text/html") with { WorkIsDone = true }),
        };
        return ($"{path} {how}", Broken(station, Seconds(random, 5, 15), fault));
    }

    static (string, Func<CancellationToken, Task>) Service(Station station, Random random, string how,
        Func<Service, Func<CancellationToken, Task>> strike)
    {
        var service = station.Services[random.Next(station.Services.Count)];
        return ($"{service.Name} {how}", strike(service));
    }

    static Func<CancellationToken, Task> Down(Random random, Func<CancellationToken, Task> down, Func<CancellationToken, Task> up)
    {
        var pause = Seconds(random, 1, 5);
        return async ct =>
        {
            await down(ct);
            await Task.Delay(pause, ct);
            await up(ct);
        };
    }

    static (string, Func<CancellationToken, Task>) Api(Station station, Random random, string path, bool mayHang)
    {
        var (how, fault) = random.Next(mayHang ? 7 : 6) switch
        {
            0 => ("answers 500", Fault.WithStatus(path, 500)),
            1 => ("answers 503", Fault.WithStatus(path, 503)),
            2 => ("answers 429", Fault.TooMany(path, TimeSpan.FromSeconds(2))),
            3 => ("answers a page instead of JSON", Fault.NotJson(path)),
            4 => ("breaks off in the middle of the answer", Fault.CutShort(path, 100)),
            5 => ("is slow", Fault.Slow(path, TimeSpan.FromSeconds(2))),
            _ => ("hangs", Fault.Hanging(path)),
        };
        var share = Pick(random, 0.3, 0.6, 1);
        return ($"{path} {how}, {share:0%} of the calls", Broken(station, Seconds(random, 5, 20), fault with { Probability = share }));
    }

    static Func<CancellationToken, Task> Broken(Station station, TimeSpan time, Fault fault) => async ct =>
    {
        using var active = station.Simulator.Faults.Add(fault);
        await Task.Delay(time, ct);
    };

    static TimeSpan Seconds(Random random, double from, double to) => TimeSpan.FromSeconds(from + random.NextDouble() * (to - from));

    static T Pick<T>(Random random, params ReadOnlySpan<T> from) => from[random.Next(from.Length)];
}
