using System.CommandLine;
using System.CommandLine.Help;
using System.Data.Common;
using RabbitMQ.Client.Exceptions;
using Sigma.Cli.Alerts;
using Sigma.Cli.Broker;
using Sigma.Cli.Consoles;
using Sigma.Cli.Data;
using Sigma.Cli.Deliveries;
using Sigma.Cli.Doctor;
using Sigma.Cli.Drills;
using Sigma.Cli.Errors;
using Sigma.Cli.Explain;
using Sigma.Cli.Intake;
using Sigma.Cli.Integrations;
using Sigma.Cli.Logs;
using Sigma.Cli.Receivers;
using Sigma.Cli.Routes;
using Sigma.Cli.Rules;
using Sigma.Cli.Schema;
using Sigma.Cli.Silences;
using Sigma.Cli.Status;
using Sigma.Cli.Texts;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Routing;

namespace Sigma.Cli;

/// <summary>What was typed, as a command that is run; and what its end means.</summary>
internal static class CommandLine
{
    public static readonly Option<bool> Json = new("--json") { Description = "JSON, one object a line, for other programs", Recursive = true };

    public static readonly Option<FileInfo?> EnvFile = new("--env-file")
    {
        Description =
            "File with settings, as docker compose reads it [default: .env in this folder or the nearest one above; the environment wins over it]",
        HelpName = "file", Recursive = true,
    };

    public static readonly Option<FileInfo?> Data = new("--data")
    {
        Description = "Database file of a standalone host, which keeps its messages in memory [default: what Storage__ConnectionString says]",
        HelpName = "file", Recursive = true,
    };

    const string Description =
        """
        Looks into a Sigma Cloud Events Tracker that runs, and mends what a person must decide.

        Settings are those of the services: RabbitMq__Host, RabbitMq__Username and so on, from the environment and from the .env file.
        Beside a console they are not needed: --console or SIGMA_CONSOLE is its address, and a token is in --token-file or SIGMA_TOKEN. All but
        doctor, texts and schema is asked of it then.
        Ends with 0 when all is well, 1 when something is wrong or was found, 2 when it was not understood, 78 when a setting is wrong.
        """;

    /// <summary>Returns the exit code.</summary>
    public static async Task<int> Run(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken ct = default,
        TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var sigma = new Command("sigma", Description)
        {
            new HelpOption(), new VersionOption(), Json, EnvFile, Data, ConsoleAddress.Console, ConsoleAddress.TokenFile,
            ConsoleAddress.AllowPlainHttp,
            StatusCommand.Create(time), ExplainCommand.Create(time), DoctorCommand.Create(), DrillCommand.Create(), AlertsCommand.Create(time),
            RulesCommand.Create(time), DeliveriesCommand.Create(time), RoutesCommand.Create(time), ReceiversCommand.Create(),
            SilencesCommand.Create(time), LogsCommand.Create(time), IntegrationsCommand.Create(time), IntakeCommand.Create(),
            ErrorsCommand.Create(), TextsCommand.Create(), SchemaCommand.Create(),
        };
        var typed = sigma.Parse(args);
        if (typed.Errors.Count > 0)
        {
            foreach (var wrong in typed.Errors)
                await error.WriteLineAsync(wrong.Message);
            await error.WriteLineAsync("--help tells what can be said.");
            return ExitCode.Usage;
        }
        try
        {
            return await typed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, ct);
        }
        catch (UsageException e)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (PolicyTextException e)
        {
            foreach (var fault in e.Faults)
                await error.WriteLineAsync(fault);
            return ExitCode.ProblemFound;
        }
        catch (ConsoleException e)
        {
            foreach (var fault in e.Faults)
                await error.WriteLineAsync(fault);
            return e.ExitCode;
        }
        catch (Exception e) when (e is BrokerException or DatabaseException)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCode.ProblemFound;
        }
        catch (Exception e) when (e is OperationInterruptedException or AlreadyClosedException)
        {
            await error.WriteLineAsync($"The broker broke off: {e.GetBaseException().Message} What was not moved yet stays where it was.");
            return ExitCode.ProblemFound;
        }
        catch (DbException e)
        {
            await error.WriteLineAsync($"The database cannot answer: {e.Message}");
            return ExitCode.ProblemFound;
        }
        catch (Exception e) when (SettingsError.From(e) is { } line)
        {
            await error.WriteLineAsync($"sigma cannot start: {line}");
            return SettingsError.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}

/// <summary>Something was asked for that cannot be.</summary>
internal sealed class UsageException(string message) : Exception(message);

internal static class ExitCode
{
    public const int Ok = 0, ProblemFound = 1, Usage = 2, Interrupted = 130;
}
