using System.CommandLine;
using Sigma.Cli.Consoles;
using Sigma.OperatorConsole.Services;

namespace Sigma.Cli.Logs;

/// <summary><c>sigma logs</c>: log lines, as the archive has them.</summary>
internal static class LogsCommand
{
    public static Command Create(TimeProvider time) =>
        new("logs", "Log lines that the archive keeps: look for some, or watch them come. It asks a console: say --console.")
        {
            SearchLogs.Create(time), TailLogs.Create(),
        };

    public static Argument<string[]> Query() => new("query")
    {
        Description = "Words, '\"a phrase\"', begin*, label=value, label=~pattern, level>=medium; all of them must fit, none: all lines. What begins "
            + "with a minus sign, such as -without, comes after --",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <exception cref="UsageException">No console is named.</exception>
    public static ConsoleApi Console(ParseResult typed) => ConsoleApi.Of(typed)
        ?? throw new UsageException("The archive is asked by a console: say --console, or set SIGMA_CONSOLE.");

    public static void Print(Screen screen, ArchivedLine line)
    {
        if (screen.Json)
            screen.Line(new { id = line.Id, at = line.At, source = line.Source, level = line.Level, labels = line.Labels, text = line.Text,
                fields = line.Fields });
        else
            screen.Line($"{Screen.Time(line.At)}  {line.Level ?? "-",-8}  {Screen.Labels(line.Labels)}  {Screen.OneLine(line.Text)}");
    }
}
