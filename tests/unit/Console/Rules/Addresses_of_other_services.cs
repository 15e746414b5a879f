using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Services;

namespace Sigma.UnitTests.Console.Rules;

public sealed class Addresses_of_other_services
{
    [Theory]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:8080/", "http://[::]:8080")]
    [InlineData("http://127.0.0.1:8080/", "http://*:8080")]
    [InlineData("http://127.0.0.1:8080/", "http://+:8080")]
    [InlineData("http://127.0.0.1:8080/", "http://0.0.0.0:8080")]
    [InlineData("http://localhost:8080/", "http://localhost:8080")]
    [InlineData("http://127.0.0.1:8081/", "https://[::]:8443", "http://[::]:8081")]
    [InlineData(null, "https://[::]:8443")]
    [InlineData(null)]
    public void This_process_is_asked_at_its_loopback(string? expected, params string[] listening) =>
        Assert.Equal(expected, ServiceAddress.Own(listening)?.ToString());

    [Fact]
    public void A_query_says_each_value_as_it_is() => Assert.Equal("rule?name=a%2Fb%20%26%20c%3F&label=x%3D1&label=y%3D%C3%A9&after=7",
        new RequestPath("rule").With("name", "a/b & c?").With("label", ["x=1", "y=é"]).With("none", (string?)null).With("after", 7).ToString());
}
