using Sigma.Cli.Settings;

namespace Sigma.IntegrationTests.Poison;

public sealed class Settings_of_the_command
{
    [Theory]
    [InlineData("RabbitMq__Host=broker", "broker")]
    [InlineData("  export RabbitMq__Host = broker  # the old one", "broker")]
    [InlineData("RabbitMq__Host='a #b$$c'", "a #b$$c")]
    [InlineData("RabbitMq__Host=\"a #b$$c\"", "a #b$c")]
    [InlineData("RabbitMq__Host=a#b$$c=d", "a#b$c=d")]
    [InlineData("RabbitMq__Host=", null)]
    [InlineData("RabbitMq__Host= # none", null)]
    [InlineData("#RabbitMq__Host=broker", null)]
    public void Are_read_from_the_file_as_docker_compose_reads_them(string line, string? value) => Assert.Equal(value, EnvFile.Parse(line)?.Value);

    [Fact]
    public void Take_the_former_trackers_names_and_the_port_that_is_published()
    {
        var file = new FileInfo(Path.GetTempFileName());
        File.WriteAllLines(file.FullName, ["SIGMA_CLOUD_BEARER_TOKEN=old", "Segware__BearerToken=new", "STORAGE_DATABASE_URI=mysql://here",
            "RABBITMQ_PORT=5673"]);
        var settings = EnvFile.Read(file);
        file.Delete();
        Assert.Equal(("new", "mysql://here", "5673"),
            (settings["Segware:BearerToken"], settings["Storage:ConnectionString"], settings["RabbitMq:Port"]));
    }
}
