using System.CommandLine;
using Sigma.Cli.Consoles;
using Sigma.OperatorConsole.Services;

namespace Sigma.Cli.Logs;

/// <summary><c>sigma logs tail</c></summary>
internal static class TailLogs
{
    public static Command Create()
    {
        var query = LogsCommand.Query();
        var tail = new Command("tail", "Log lines that a query finds, as they come, until Ctrl+C.") { query };
        tail.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            using var console = LogsCommand.Console(typed);
            var path = ConsoleApi.Path("logs/tail", ("q", string.Join(' ', typed.GetValue(query) ?? []) is { Length: > 0 } said ? said : null));
            await foreach (var item in console.Events(path, ct))
            {
                var told = console.Read<TailedLine>(item);
                if (told.Line is { } line)
                    LogsCommand.Print(screen, line);
                if (told.Missed is { } missed)
                    screen.Remark($"{Screen.Number(missed)} lines came too fast and are not shown.");
            }
            screen.Remark("The console has ended it.");
            return ExitCode.ProblemFound;
        });
        return tail;
    }
}
