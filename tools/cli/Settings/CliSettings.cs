using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Sigma.Cli.Consoles;
using Sigma.Hosting.Settings;

namespace Sigma.Cli.Settings;

/// <summary>The services' settings, with the same names, the same defaults and the same checks.</summary>
internal sealed class CliSettings
{
    CliSettings(IConfiguration configuration, FileInfo? file, IReadOnlyCollection<string> inFile)
    {
        Configuration = configuration;
        File = file;
        InFile = inFile;
    }

    public IConfiguration Configuration { get; }

    /// <summary>The file they are read from besides the environment; null when there is none.</summary>
    public FileInfo? File { get; }

    /// <summary>What that file names, as the configuration has it.</summary>
    public IReadOnlyCollection<string> InFile { get; }

    /// <summary>From the environment, and from the file that was named or found.</summary>
    /// <exception cref="UsageException">A console is named, which has its own.</exception>
    public static CliSettings Load(ParseResult typed)
    {
        if (ConsoleAddress.IsNamed(typed, Environment.GetEnvironmentVariable))
            throw new UsageException($"'{Name(typed)}' cannot be asked of a console: {WhyNot(Name(typed))}. Leave out --console, and where "
                + "SIGMA_CONSOLE is set say --env-file.");
        var named = typed.GetValue(CommandLine.EnvFile);
        if (named is { Exists: false })
            throw new UsageException($"There is no file {named.FullName}.");
        var file = named ?? EnvFile.Find(new DirectoryInfo(Directory.GetCurrentDirectory()));
        var inFile = file is null ? [] : EnvFile.Read(file);
        return new CliSettings(new ConfigurationBuilder()
            .AddInMemoryCollection(inFile)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(Standalone(typed.GetValue(CommandLine.Data)))
            .Build(), file, inFile.Keys);
    }

    static string WhyNot(string command) => command.Split(' ') switch
    {
        [_, "doctor", ..] => "it looks from here whether the settings of this machine reach broker, database and vendors; a console shows the health "
            + "of its services ('sigma status')",
        [_, "texts", ..] => "it shows what the templates in the settings of this machine say before the notifier has them",
        _ => "it needs the settings of the services",
    };

    static string Name(ParseResult typed)
    {
        List<string> names = [];
        for (SymbolResult? at = typed.CommandResult; at is CommandResult { Command: var command }; at = at.Parent)
            names.Insert(0, command.Name);
        return string.Join(' ', names);
    }

    static Dictionary<string, string?> Standalone(FileInfo? data) => data switch
    {
        null => [],
        { Exists: false } => throw new UsageException($"There is no file {data.FullName}."),
        _ => new() { ["Storage:Provider"] = "Sqlite", ["Storage:ConnectionString"] = $"Data Source={data.FullName}", ["Bus:Transport"] = "InMemory" },
    };

    /// <summary>One section, checked.</summary>
    /// <exception cref="OptionsValidationException">A value is wrong.</exception>
    public T Of<T>(string section) where T : class, new() => SettingsReader.Read<T>(Configuration, section);
}
