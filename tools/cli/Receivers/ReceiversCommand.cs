using System.CommandLine;
using Spectre.Console;

namespace Sigma.Cli.Receivers;

/// <summary><c>sigma receivers</c>: who can be told, and by what.</summary>
internal static class ReceiversCommand
{
    static readonly string[] Arrived = ["sent", "accepted"];

    public static Command Create() => new("receivers", "Who can be told, and by which integrations: look at them, or send a test.")
    {
        List(), Test(),
    };

    static Command List()
    {
        var list = new Command("list", "The integrations of the receivers, without secrets.");
        list.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var table = Screen.Columns("lllww");
            foreach (var found in await Tracker.Receivers(typed).All(ct))
                if (screen.Json)
                    screen.Line(new
                    {
                        receiver = found.Receiver, integration = found.Name, type = found.Type, recipient = found.Recipient, enabled = found.Enabled,
                        onClear = found.OnClear,
                    });
                else
                    table.AddRow(new Text(Screen.OneLine(found.Receiver)), new Text(Screen.OneLine(found.Name)), new Text(Screen.OneLine(found.Type)),
                        new Text(Screen.OneLine(found.Recipient ?? "")),
                        new Text(!found.Enabled ? "is off" : found.OnClear ? "" : "is not told of ends"));
            if (!screen.Json)
                screen.Show(table);
            return ExitCode.Ok;
        });
        return list;
    }

    static Command Test()
    {
        var name = new Argument<string>("integration") { Description = "Name of the integration, as 'list' shows it" };
        var test = new Command("test",
            "Sends a message at once that says that it is a test, to whoever is told by it. Needs --console. Ends with 1 when it is not sent.")
        {
            name,
        };
        test.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var integration = typed.GetValue(name)!;
            var result = await Tracker.Receivers(typed).Test(integration, ct);
            screen.Line(new { integration, state = result.State, receipt = result.Receipt, reason = result.Reason },
                $"{Screen.OneLine(integration)}: {Screen.OneLine(result.State)}"
                    + $"{(result.Receipt is { Length: > 0 } receipt ? $", receipt {Screen.OneLine(receipt)}" : "")}"
                    + $"{(result.Reason is { Length: > 0 } reason ? $": {Screen.OneLine(reason)}" : "")}");
            return Arrived.Contains(result.State) ? ExitCode.Ok : ExitCode.ProblemFound;
        });
        return test;
    }
}
