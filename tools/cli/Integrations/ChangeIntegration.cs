using System.CommandLine;
using Sigma.Gateway.Integrations;

namespace Sigma.Cli.Integrations;

/// <summary><c>sigma integrations put</c>, <c>delete</c> and <c>key</c></summary>
internal static class ChangeIntegration
{
    public static Command Put(TimeProvider time)
    {
        var (name, by, why) = (IntegrationsCommand.Name(), By(), Why());
        var kind = new Option<string?>("--kind") { Description = $"What it speaks: {string.Join(", ", IntegrationKind.All)}", HelpName = "kind" };
        var severity = new Option<string?>("--default-severity") { Description = "Severity of what says none", HelpName = "severity" };
        var file = new Option<FileInfo?>("--file")
            { Description = "All of it as JSON, as 'show' writes it; - for the standard input", HelpName = "file" };
        var put = new Command("put", "Makes an integration and shows its key, or changes the one of this name, which keeps its key.")
        {
            name, kind, severity, file, by, why,
        };
        put.SetAction((typed, ct) => Edit(typed, time, async edits =>
        {
            var integration = typed.GetValue(file) is { } named ? IntegrationText.Read(await Text(named, ct)) : new IntegrationOptions();
            integration.Name = typed.GetValue(name)!;
            integration.Kind = typed.GetValue(kind) ?? integration.Kind;
            integration.DefaultSeverity = typed.GetValue(severity) ?? integration.DefaultSeverity;
            return await edits.Put(integration, typed.GetValue(by)!, typed.GetValue(why), ct);
        }, ct));
        return put;
    }

    public static Command Delete(TimeProvider time)
    {
        var (name, by, why) = (IntegrationsCommand.Name(), By(), Why());
        var delete = new Command("delete", "Takes an integration away: its senders are refused. Its history stays.") { name, by, why };
        delete.SetAction((typed, ct) => Edit(typed, time,
            edits => edits.Remove(typed.GetValue(name)!, typed.GetValue(by)!, typed.GetValue(why), ct), ct));
        return delete;
    }

    public static Command Key(TimeProvider time)
    {
        var (name, by, why) = (IntegrationsCommand.Name(), By(), Why());
        var atOnce = new Option<bool>("--at-once") { Description = "The former key counts no more; else it does for Gateway__FormerKeyCounts" };
        var key = new Command("key", "Makes a new key for an integration and shows it, once.") { name, atOnce, by, why };
        key.SetAction((typed, ct) => Edit(typed, time, edits =>
            edits.NewKey(typed.GetValue(name)!, !typed.GetValue(atOnce), typed.GetValue(by)!, typed.GetValue(why), ct), ct));
        return key;
    }

    static async Task<int> Edit(ParseResult typed, TimeProvider time, Func<IIntegrations, Task<IntegrationEdit>> edit, CancellationToken ct)
    {
        var screen = new Screen(typed);
        try
        {
            var made = await edit(await Tracker.Integrations(typed, time, ct));
            screen.Line(new { integration = made.Name, revision = made.Revision, change = made.Change, key = made.Key },
                made.Change is null ? $"{made.Name} is so already, by revision {made.Revision}"
                : $"{made.Name}: {made.Change}, revision {made.Revision}{(made.Key is { } key ? $"\nKey, shown this once: {key}" : "")}");
            return ExitCode.Ok;
        }
        catch (IntegrationRefusedException e)
        {
            foreach (var fault in e.Faults)
                screen.Line(new { fault }, $"WRONG: {Screen.OneLine(fault)}");
            screen.Say("Nothing is changed.");
            return ExitCode.ProblemFound;
        }
    }

    static async Task<string> Text(FileInfo file, CancellationToken ct) => file.Name == "-" && !file.Exists
        ? await Console.In.ReadToEndAsync(ct)
        : file.Exists ? await File.ReadAllTextAsync(file.FullName, ct) : throw new UsageException($"There is no file {file.FullName}.");

    static Option<string> By() => Person.By("does it; kept with the revision");

    static Option<string?> Why() => new("--why") { Description = "Why; kept with the revision", HelpName = "text" };
}
