using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sigma.Evaluator;
using Sigma.Hosting;
using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.UnitTests.Hosting;

public sealed class Values_from_files
{
    [Theory]
    [InlineData("token\n", "token")]
    [InlineData("token\r\n", "token")]
    [InlineData("token \n\n", "token")]
    [InlineData("\uFEFFtoken", "token")]
    [InlineData("to\nken", "to\nken")]
    [InlineData("two\nlines\n", "two\nlines")]
    [InlineData(" token ", " token ")]
    [InlineData("\n", "")]
    public void Lose_what_is_a_files_end(string value, string left) =>
        Assert.Equal(left, Sigma.Hosting.Settings.ValueTrimming.Trim(value));

    [Fact]
    public void Lose_it_in_every_section_and_below()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration["Storage:ConnectionString"] = "mysql://user:password@host/storage\n";
        builder.Configuration["Segware:BearerToken"] = "\uFEFFtoken\r\n";
        builder.Configuration["Evaluator:Rules:0:Name"] = "rule\n";
        builder.Configuration["Evaluator:Rules:0:Overrides:0:Labels:account"] = "7\n";
        builder.Configuration["Evaluator:Rules:0:Overrides:0:Threshold"] = "5";
        var services = new ServiceBuilder("test", builder).AddSegware().Settings<EvaluatorOptions>("Evaluator").Services.BuildServiceProvider();

        Assert.Equal("mysql://user:password@host/storage", services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString);
        Assert.Equal("token", services.GetRequiredService<IOptions<SegwareOptions>>().Value.BearerToken);
        var rule = Assert.Single(services.GetRequiredService<IOptions<EvaluatorOptions>>().Value.Rules);
        Assert.Equal(("rule", "7"), (rule.Name, rule.Overrides[0].Labels["account"]));
    }

    [Theory]
    [InlineData("eyJhbGciOi.J9-_~+/=", null)]
    [InlineData("two words", null)]
    [InlineData("to\nken", "line break, at position 3")]
    [InlineData("to\u0000ken", "control character, at position 3")]
    [InlineData("token\u00A0", "space that is not ASCII, at position 6")]
    [InlineData("“token”", "character that is not ASCII, at position 1")]
    [InlineData("token ", "space, at position 6")]
    public void That_go_into_a_header_are_what_a_header_may_have(string token, string? wrong)
    {
        List<ValidationResult> segware = [], chatPro = [];
        Check(new SegwareOptions { BearerToken = token }, segware);
        Check(new ChatProOptions { Token = token }, chatPro);

        Assert.Equal(wrong is null ? [] : [$"has a character that no HTTP header may have ({wrong})"], segware.Select(result => result.ErrorMessage));
        Assert.Equal(segware.Select(result => result.ErrorMessage), chatPro.Select(result => result.ErrorMessage));
    }

    [Fact]
    public void A_token_of_nothing_but_spaces_is_none()
    {
        List<ValidationResult> found = [];
        Check(new SegwareOptions { BearerToken = "  " }, found);

        Assert.Equal("is nothing but spaces", Assert.Single(found).ErrorMessage);
    }

    static void Check(object options, List<ValidationResult> found) =>
        Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true);
}
