using System.Reflection;
using System.Text.RegularExpressions;
using Sigma.Notifier;
using Sigma.Notifier.Channels;
using Sigma.Notifier.SelfMonitoring;
using Sigma.Notifier.Texts;

namespace Sigma.UnitTests.Notifier;

public sealed class Texts_in_English
{
    [Fact]
    public void Are_there_for_every_text_of_ours_with_the_same_placeholders()
    {
        var texts = ChannelTypes.All.Select(type => Activator.CreateInstance(type.Settings)!).Append(new NotifierOptions()).SelectMany(Texts)
            .DistinctBy(text => text.Says).ToList();
        Assert.True(texts.Count > 50, $"{texts.Count}");
        Assert.DoesNotContain(texts, text => Wording.EnglishOf(text.Says) is null);
        Assert.All(texts, text => Assert.Equal(Placeholders(text.Says), Placeholders(Wording.In(Wording.English, text.Says))));
        Assert.DoesNotContain(texts, text =>
            Regex.IsMatch(Wording.In(Wording.English, text.Says), "[ãõçáéíóúê]|eventos|alerta", RegexOptions.IgnoreCase));
    }

    [Fact]
    public void Have_no_line_that_no_text_of_ours_has()
    {
        var lines = ChannelTypes.All.Select(type => Activator.CreateInstance(type.Settings)!).Append(new NotifierOptions()).Append(new KindTexts())
            .SelectMany(Texts).SelectMany(text => text.Says.ReplaceLineEndings("\n").Split('\n')).ToHashSet();
        Assert.Empty(EnglishLines.All.Keys.Except(lines));
    }

    [Fact]
    public void Are_not_made_of_what_somebody_wrote()
    {
        const string Own = "🚨 *Excesso de eventos*\nLigue para a central: {code}";
        Assert.Equal(Own, Wording.In(Wording.English, Own));
        Assert.Equal("🚨 *Too many events*", Wording.In(Wording.English, "🚨 *Excesso de eventos*"));
        Assert.Equal("🚨 *Excesso de eventos*", Wording.In(Wording.Portuguese, "🚨 *Excesso de eventos*"));
        Assert.Equal("CUC {cuc}\ncode {code}", Wording.In(Wording.English, "CUC {cuc}\\ncódigo {code}"));
    }

    static IEnumerable<(string Name, string Says)> Texts(object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.PropertyType == typeof(string) && IsText(property))
                yield return ($"{options.GetType().Name}.{property.Name}", (string)property.GetValue(options)!);
            else if (property.PropertyType is { IsClass: true, Namespace: { } owner } && owner.StartsWith("Sigma.Notifier", StringComparison.Ordinal))
                foreach (var text in Texts(property.GetValue(options)!))
                    yield return text;
        }
    }

    static bool IsText(PropertyInfo property) => property.GetCustomAttributes().Any(a => a is TextTemplateAttribute or SelfMonitoringTextAttribute)
        || (property.DeclaringType == typeof(SelfMonitoringOptions) && property.Name.EndsWith("Reason", StringComparison.Ordinal));

    static IEnumerable<string> Placeholders(string text) => Regex.Matches(text, @"\{\w+\}").Select(mark => mark.Value).Order();
}
