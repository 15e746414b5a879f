using Sigma.OperatorConsole.Access;

namespace Sigma.UnitTests.Console.Access;

public sealed class Addresses_to_return_to
{
    [Theory]
    [InlineData("/"), InlineData("/history?rule=a%20b&sort=-raised"), InlineData("/alerts/7?x=/y//z"), InlineData("/administration#tokens")]
    public void A_page_of_the_console_is_kept(string address) => Assert.Equal(address, ReturnAddress.Of(address));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("history"), InlineData("//evil.example"), InlineData("///evil.example"),
        InlineData("/\\evil.example"),
        InlineData("\\\\evil.example"), InlineData("https://evil.example"), InlineData("/\n/evil.example"), InlineData("/\t//evil.example"),
        InlineData("javascript:alert(1)"), InlineData("/sign-in"), InlineData("/SIGN-IN?return=/"), InlineData("/%73ign-out"),
        InlineData("/sign-out"),
        InlineData("/api/v1/users"), InlineData("/_blazor"), InlineData("/assets/console.js"), InlineData("@evil.example"), InlineData(" /x")]
    public void All_else_is_the_first_page(string? address) => Assert.Equal("/", ReturnAddress.Of(address));

    [Fact]
    public void Nor_is_one_kept_that_is_too_long() => Assert.Equal("/", ReturnAddress.Of("/" + new string('x', 5000)));
}
