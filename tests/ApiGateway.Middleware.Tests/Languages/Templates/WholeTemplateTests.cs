using System.Text.Json.Nodes;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

/// <summary>Templates of the size and kind that are in use, with all of their line ends.</summary>
public class WholeTemplateTests
{
    [Fact]
    public void Render_AllParametersPassedThrough_GivesJson()
    {
        const string Template = """
            ##  Passes everything on.
            #set($allParams = $input.params())
            {
            "body-json" : $input.json('$'),
            "params" : {
            #foreach($type in $allParams.keySet())
                #set($params = $allParams.get($type))
            "$type" : {
                #foreach($paramName in $params.keySet())
                "$paramName" : "$util.escapeJavaScript($params.get($paramName))"
                    #if($foreach.hasNext),#end
                #end
            }
                #if($foreach.hasNext),#end
            #end
            },
            "stage-variables" : {
            #foreach($key in $stageVariables.keySet())
            "$key" : "$util.escapeJavaScript($stageVariables.get($key))"
                #if($foreach.hasNext),#end
            #end
            },
            "context" : {
                "stage" : "$context.stage",
                "source-ip" : "$context.identity.sourceIp",
                "user" : "$context.identity.user"
                }
            }
            """;

        var output = TestTemplate.Render(Template, "{ \"a\": [1, 2] }");

        var json = JsonNode.Parse(output)!;
        Assert.Equal("""{"a":[1,2]}""", json["body-json"]!.ToJsonString());
        Assert.Equal("""{"id":"42","both":"path"}""", json["params"]!["path"]!.ToJsonString());
        Assert.Equal("""{"q":"a b","both":"query"}""", json["params"]!["querystring"]!.ToJsonString());
        Assert.Equal("""{"Accept":"text/html","both":"header","X-One":"1"}""", json["params"]!["header"]!.ToJsonString());
        Assert.Equal("""{"url":"example.com","name":"n"}""", json["stage-variables"]!.ToJsonString());
        Assert.Equal("""{"stage":"test","source-ip":"192.0.2.1","user":""}""", json["context"]!.ToJsonString());
    }

    [Fact]
    public void Render_ListReshaped_KeepsTheLinesOfVelocity()
    {
        const string Template = """
            #set($inputRoot = $input.path('$'))
            {
              "photos": [
            #foreach($elem in $inputRoot.photos)
                {
                  "id": "$elem.id",
                  "public": $elem.public
                }#if($foreach.hasNext),#end

            #end
              ]
            }
            """;

        const string Expected = """
            {
              "photos": [
                {
                  "id": "1",
                  "public": true
                },
                {
                  "id": "2",
                  "public": false
                }
              ]
            }
            """;

        Assert.Equal(Expected, TestTemplate.Render(Template, """{"photos":[{"id":"1","public":true},{"id":"2","public":false}]}"""));
    }

    [Fact]
    public void Render_MockByParameter_ChoosesTheStatus()
    {
        const string Template = """
            #if($input.params('scope') == "internal")
            {"statusCode": 200}
            #else
            {"statusCode": 500}
            #end
            """;

        Assert.Equal("{\"statusCode\": 500}\n", TestTemplate.Render(Template));
    }

    [Fact]
    public void Render_OverridesInOneTemplate_AreSeenInTheNext()
    {
        var scope = new TestScope("""{"code":418}""");

        TestTemplate.Render(
            TestTemplate.Parse("""
                #set($context.responseOverride.status = $input.path('$.code'))
                #set($context.responseOverride.header.X-Kind = "teapot")
                #set($context.requestOverride.header["X-Many"] = ["a", "b"])
                """),
            scope);

        Assert.Equal("418 teapot", TestTemplate.Render(
            TestTemplate.Parse("$context.responseOverride.status $context.responseOverride.header.get('X-Kind')"), scope));
        Assert.Equal(418, scope.Overrides.Response.Get("status").Integer);
        Assert.Equal(2, scope.Overrides.Request.Get("header").Map!.Get("X-Many").List!.Count);
    }
}
