using System.CommandLine;
using System.Globalization;
using Sigma.Cli.Consoles;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Contracts;
using Sigma.Fetcher.Drills;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Drills;

/// <summary><c>sigma drill</c></summary>
internal static class DrillCommand
{
    const int DefaultTimeout = 90, Longest = 300, LongestList = 255;

    static readonly string Description =
        $"""
        Sends {Drill.Events} labelled test events the whole way, from the fetcher to a receipt on every channel and back to normal, and tells of each
        hop whether it came and how long it took. What people read says that it is a test; nothing of it is in the tables that reports read, whatever
        becomes of this command.

        The drill is a row of the table 'drills', so it needs no way into the services but their database. It waits behind alerts for its turn on a
        channel, never before one, and is tried once there. It takes {Drill.Window.TotalSeconds:0} s at least: so long after its raise it is cleared.
        Ends with 1 when a hop did not come.
        """;

    public static Command Create()
    {
        var channels = new Option<string[]>("--channel")
        {
            Description = "Only this channel, by the name of its integration; may be repeated [default: those that alerts go to]",
            HelpName = "channel",
        };
        var timeout = new Option<int>("--timeout")
            { Description = "Seconds a hop may take after the one before it", HelpName = "seconds", DefaultValueFactory = _ => DefaultTimeout };
        timeout.Validators.Add(typed =>
        {
            if (typed.GetValueOrDefault<int>() is < 1 or > Longest)
                typed.AddError($"--timeout takes 1 to {Longest} seconds.");
        });
        var drill = new Command("drill", Description) { channels, timeout };
        drill.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            if (ConsoleApi.Of(typed) is { } console)
                return await new ConsoleDrill(console, screen)
                    .Run(typed.GetValue(channels)!, TimeSpan.FromSeconds(typed.GetValue(timeout)), ct);
            var settings = CliSettings.Load(typed);
            var integrations = IntegrationQuery.All(settings.Configuration);
            if (typed.GetValue(channels)!.Except(integrations.Select(integration => integration.Name)).FirstOrDefault() is { } unknown)
                throw new UsageException($"There is no integration {unknown}: {string.Join(", ", integrations.Select(one => one.Name))}.");
            var wanted = typed.GetValue(channels) is { Length: > 0 } named ? string.Join(',', named.Distinct()) : Drill.AllChannels;
            if (wanted.Length > LongestList)
                throw new UsageException($"The names of --channel may have {LongestList} characters together.");
            var database = await DatabaseConnection.Open(settings, ct);
            var drills = new DrillTable(database);
            if (!await drills.Exists(ct))
                throw new DatabaseException("The database has no table 'drills': services of this version make it when they start.");
            var id = Guid.CreateVersion7();
            return await Run(screen, new DrillProgress(database, drills, new DrillState(id, wanted),
                settings, TimeSpan.FromSeconds(typed.GetValue(timeout)), screen), drills, id, wanted, ct);
        });
        return drill;
    }

    static async Task<int> Run(Screen screen, DrillProgress progress, DrillTable drills, Guid id, string channels, CancellationToken ct)
    {
        var outcome = "broken off"; // also while it is being asked for: the database may have it before its answer is here
        try
        {
            if (!await drills.Request(id, $"{Environment.UserName}@{Environment.MachineName}", channels, ct))
                return Refuse(screen, await drills.UnderWay(ct));
            screen.Say($"Drill {id}. It is cleared {Drill.Window.TotalSeconds:0} s after its raise.");
            outcome = await progress.Run(ct) ? "passed" : "failed";
            return outcome == "passed" ? ExitCode.Ok : ExitCode.ProblemFound;
        }
        catch (OperationCanceledException)
        {
            screen.Say("Broken off. What has begun of it is cleared by itself, and no report has anything of it.");
            throw;
        }
        finally
        {
            await End(drills, id, outcome);
        }
    }

    // Ctrl+C does not keep it from being said; a fetcher ends what was not.
    static async Task End(DrillTable drills, Guid id, string outcome)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await drills.End(id, outcome, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception)
        {
            // the database has gone: the drill is over when its time is
        }
    }

    static int Refuse(Screen screen, DrillRequest? other)
    {
        var now = TimeProvider.System.Milliseconds();
        var until = ((other?.AskedAt ?? now) + (long)Drill.Life.TotalMilliseconds).ToTime();
        screen.Line(new { verdict = "refused", drill = other?.Id, askedBy = other?.AskedBy, askedAt = other?.AskedAt.ToTime(), until },
            string.Create(CultureInfo.InvariantCulture,
                $"A drill is under way, and there is one at a time: {other?.AskedBy ?? "somebody"} asked for it "
                    + $"{Math.Max(0, now - (other?.AskedAt ?? now)) / 1000} s ago. ")
            + $"It is over at {Screen.Time(until)} UTC at the latest.");
        return ExitCode.ProblemFound;
    }
}
