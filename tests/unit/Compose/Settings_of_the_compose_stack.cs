namespace Sigma.UnitTests.Compose;

/// <summary>docker-compose.yml, .env.example and .env.demo say nothing that the services do not know, and leave nothing out.</summary>
public sealed class Settings_of_the_compose_stack
{
    /// <summary>Names that are not bound to an options class.</summary>
    static readonly string[] Others = ["LOG_LEVEL", "LOG_FORMAT", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_TRACES_SAMPLER",
        "OTEL_TRACES_SAMPLER_ARG",
        "Logging__LogLevel__Sigma.Fetcher", "SSL_CERT_FILE", "COMPOSE_PROFILES", "COMPOSE_PROJECT_NAME"];

    [Fact]
    public void Every_setting_that_the_compose_file_passes_exists()
    {
        Assert.NotEmpty(ComposeFile.Passed);
        Assert.Empty(Unknown(ComposeFile.Passed));
    }

    [Theory, InlineData(".env.example"), InlineData(".env.demo")]
    public void Every_setting_that_an_env_file_names_exists(string file)
    {
        var names = ProjectFile.Settings(file).Select(s => s.Name).Except(ComposeFile.Asked).Except(Others).ToList();
        Assert.NotEmpty(names);
        Assert.Empty(Unknown(names));
    }

    [Fact]
    public void Every_setting_of_every_service_is_in_the_example()
    {
        var named = ProjectFile.Settings(".env.example").Select(s => s.Name).ToList();
        Assert.Empty(ServiceSettings.All.Where(setting => !named.Exists(setting.Is)).Select(s => s.Name));
    }

    [Fact]
    public void Every_variable_the_compose_file_asks_for_is_in_the_example() =>
        Assert.Empty(ComposeFile.Asked.Except(ProjectFile.Settings(".env.example").Select(s => s.Name)));

    [Fact]
    public void The_former_trackers_names_are_taken()
    {
        string[] former = ["SIGMA_CLOUD_BEARER_TOKEN", "CHAT_PRO_INSTANCE_ID", "CHAT_PRO_GROUP_JID", "CHAT_PRO_BEARER_TOKEN", "STORAGE_DATABASE_URI",
            "LOG_LEVEL"];
        Assert.Empty(former.Except(ComposeFile.Asked));
    }

    [Fact]
    public void The_defaults_in_the_example_are_the_true_ones()
    {
        // Limits of overrides have no default, only examples. An integration's are those of its type.
        var wrong = from line in ProjectFile.Settings(".env.example")
                    where !line.Name.Contains("__Overrides__")
                    let values = ComposeFile.DefaultOf(line.Name) is { } one ? [one]
                        : ServiceSettings.All.Where(s => s.Is(line.Name)).Select(s => s.Default).ToList()
                    where values.Count > 0 && !values.Contains("") && !values.Contains(line.Value)
                    select $"{line.Name} is {string.Join(" or ", values)}, not {line.Value}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_setting_is_known_by_its_exact_name_alone()
    {
        Assert.Empty(Unknown(["Evaluator__Rules__0__Overrides__12__Labels__account", "Segware__Patience__BreakFor",
            "Simulator__Segware__TimeField"]));
        string[] misspelt = ["Evaluator__Rules__Threshold", "Evaluator__Rules__0__Treshold", "segware__BaseUrl", "Fetcher__",
            "Notifier__Channels__WhatsApp"];
        Assert.Equal(misspelt, Unknown(misspelt));
    }

    static IEnumerable<string> Unknown(IEnumerable<string> names) =>
        names.Where(name => !ServiceSettings.All.Concat(ServiceSettings.Simulator).Any(setting => setting.Is(name)));
}
