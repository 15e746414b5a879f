namespace Sigma.TestServers.Checks;

public sealed class EnvironmentChecks
{
    [Theory]
    [InlineData("amqp://someone:p%40ss@broker:5999", "broker", 5999)]
    [InlineData("amqp://someone:p%40ss@broker", "broker", 5672)]
    public void A_server_is_taken_from_its_variable(string value, string host, int port)
    {
        var server = Read(value);

        Assert.Equal(new ServerUri(host, port, "someone", "p@ss"), server);
    }

    [Fact]
    public void No_variable_means_no_given_server() => Assert.Null(Read(null));

    [Theory]
    [InlineData("broker:5672")]
    [InlineData("amqp://broker")]
    [InlineData("mysql://someone:secret@broker")]
    public void A_variable_that_cannot_be_read_is_named_without_its_secrets(string value)
    {
        var unreadable = Assert.Throws<FormatException>(() => Read(value));

        Assert.Contains("SIGMA_CHECK_SERVER", unreadable.Message);
        Assert.DoesNotContain("secret", unreadable.Message);
    }

    static ServerUri? Read(string? value)
    {
        Environment.SetEnvironmentVariable("SIGMA_CHECK_SERVER", value);
        return ServerUri.FromEnvironment("SIGMA_CHECK_SERVER", "amqp", 5672);
    }
}
