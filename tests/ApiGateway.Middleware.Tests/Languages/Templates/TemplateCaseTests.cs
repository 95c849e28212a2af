namespace ApiGateway.Middleware.Tests.Languages.Templates;

public class TemplateCaseTests
{
    public static TheoryData<string> Files => [.. Directory
        .EnumerateFiles(Path.Combine(TemplateCase.Folder, "Cases"), "*.txt").Select(static path => Path.GetFileName(path)!).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Render_EachCaseOfTheFile_GivesItsOutput(string file)
    {
        var wrong = new List<string>();
        foreach (var sample in TemplateCase.Read(file))
        {
            var actual = Render(sample);
            if (actual != sample.Expected)
            {
                wrong.Add($"{sample}\n  expected: [{sample.Expected}]\n  actual:   [{actual}]");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void ReadAll_Files_HoldMoreThanThreeHundredCases()
    {
        Assert.InRange(TemplateCase.ReadAll().Count(), 300, int.MaxValue);
    }

    private static string Render(TemplateCase sample)
    {
        try
        {
            return TestTemplate.Render(sample.Template, sample.Body);
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }
}
