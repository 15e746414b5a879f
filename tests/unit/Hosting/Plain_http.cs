using System.ComponentModel.DataAnnotations;
using Sigma.Segware;

namespace Sigma.UnitTests.Hosting;

public sealed class Plain_http
{
    [Theory]
    [InlineData("https://api.example.org", false, true)]
    [InlineData("http://127.0.0.1:5080", false, true)]
    [InlineData("http://[::1]:5080", false, true)]
    [InlineData("http://localhost", false, true)]
    [InlineData("http://simulator:8080", false, false)]
    [InlineData("http://10.0.0.1", false, false)]
    [InlineData("http://simulator:8080", true, true)]
    [InlineData("ftp://example.org", true, false)]
    public void Is_taken_within_this_machine_or_where_a_setting_allows_it(string address, bool allowed, bool taken)
    {
        SegwareOptions options = new() { BaseUrl = address, AllowPlainHttp = allowed, BearerToken = "token" };
        Assert.Equal(taken, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }
}
