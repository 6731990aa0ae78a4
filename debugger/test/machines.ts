/** A definition with one of everything that can be broken at; lines are counted from 1. */
export const shop = `{
  "StartAt": "Price",
  "States": {
    "Price": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:price",
      "InputPath": "$.order",
      "Parameters": {
        "id.$": "$.id"
      },
      "ResultSelector": {
        "total.$": "$.amount"
      },
      "Assign": {
        "total.$": "$.amount"
      },
      "ResultPath": "$.priced",
      "Retry": [
        {
          "ErrorEquals": ["Busy"],
          "IntervalSeconds": 10,
          "MaxAttempts": 2
        }
      ],
      "Catch": [
        {
          "ErrorEquals": ["NoPrice"],
          "ResultPath": "$.error",
          "Next": "Sorry"
        }
      ],
      "Next": "Dear?"
    },
    "Dear?": {
      "Type": "Choice",
      "Choices": [
        {
          "Variable": "$.priced.total",
          "NumericGreaterThan": 100,
          "Next": "Ask"
        }
      ],
      "Default": "Done"
    },
    "Ask": {
      "Type": "Wait",
      "Seconds": 86400,
      "Next": "Done"
    },
    "Sorry": {
      "Type": "Fail",
      "Error": "Sorry",
      "Cause": "It has no price."
    },
    "Done": {
      "Type": "Succeed"
    }
  }
}
`;

/** Answers for it: dear, cheap, busy twice and then cheap, and without a price. */
export const shopMocks = `{
  "StateMachines": {
    "shop": {
      "TestCases": {
        "Dear": { "Price": "Dear" },
        "Cheap": { "Price": "Cheap" },
        "Busy": { "Price": "Busy" },
        "None": { "Price": "None" }
      }
    }
  },
  "MockedResponses": {
    "Dear": {
      "0": { "Return": { "amount": 120 } }
    },
    "Cheap": {
      "0": { "Return": { "amount": 7 } }
    },
    "Busy": {
      "0-1": { "Throw": { "Error": "Busy", "Cause": "try later" } },
      "2": { "Return": { "amount": 7 } }
    },
    "None": {
      "0": { "Throw": { "Error": "NoPrice", "Cause": "{\\"sku\\": 1}" } }
    }
  }
}
`;

export const shopFiles = { '/shop.asl.json': shop, '/mocks.json': shopMocks };

export const shopWith = (testCase: string): Record<string, unknown> => ({
  program: '/shop.asl.json',
  input: { order: { id: 'o-1', password: 'hunter2' } },
  mockFile: '/mocks.json',
  testCase,
});

/** A Map over its input: each item is doubled, and one of them may fail. */
export const doubling = `{
  "QueryLanguage": "JSONata",
  "StartAt": "Each",
  "States": {
    "Each": {
      "Type": "Map",
      "Items": "{% $states.input.numbers %}",
      "MaxConcurrency": 2,
      "ItemProcessor": {
        "StartAt": "Double",
        "States": {
          "Double": {
            "Type": "Pass",
            "Assign": { "twice": "{% $states.input * 2 %}" },
            "Next": "Tell"
          },
          "Tell": {
            "Type": "Pass",
            "Output": "{% $twice %}",
            "End": true
          }
        }
      },
      "Output": "{% $sum($states.result) %}",
      "Next": "End"
    },
    "End": { "Type": "Succeed" }
  }
}
`;

/** Two branches that count by themselves. */
export const branches = `{
  "StartAt": "Fan",
  "States": {
    "Fan": {
      "Type": "Parallel",
      "Branches": [
        {
          "StartAt": "A1",
          "States": {
            "A1": { "Type": "Pass", "Result": 1, "Next": "A2" },
            "A2": { "Type": "Pass", "End": true }
          }
        },
        {
          "StartAt": "B1",
          "States": {
            "B1": { "Type": "Pass", "Result": 2, "Next": "B2" },
            "B2": { "Type": "Pass", "End": true }
          }
        }
      ],
      "End": true
    }
  }
}
`;

/** A loop that counts to its limit. */
export const counting = `{
  "QueryLanguage": "JSONata",
  "StartAt": "Start",
  "States": {
    "Start": {
      "Type": "Pass",
      "Assign": { "n": 0 },
      "Next": "Count"
    },
    "Count": {
      "Type": "Pass",
      "Assign": { "n": "{% $n + 1 %}" },
      "Next": "More?"
    },
    "More?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $n < $states.input.limit %}",
          "Next": "Count"
        }
      ],
      "Default": "End"
    },
    "End": { "Type": "Succeed", "Output": "{% $n %}" }
  }
}
`;

/** A choice between three numbers. */
export const rules = `{
  "QueryLanguage": "JSONata",
  "StartAt": "Which?",
  "States": {
    "Which?": {
      "Type": "Choice",
      "Choices": [
        { "Condition": "{% $states.input.n = 1 %}", "Next": "End" },
        { "Condition": "{% $states.input.n = 2 %}", "Next": "End" },
        { "Condition": "{% $states.input.n = 3 %}", "Next": "End" }
      ],
      "Default": "End"
    },
    "End": { "Type": "Succeed" }
  }
}
`;

/** An order that lets another machine ship it, and looks after what fails there. */
export const order = `{
  "StartAt": "Prepare",
  "States": {
    "Prepare": {
      "Type": "Pass",
      "Next": "Ship"
    },
    "Ship": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Parameters": {
        "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:shipping",
        "Name.$": "$.name",
        "Input": {
          "weight.$": "$.weight"
        }
      },
      "ResultSelector": {
        "shipped.$": "$.Output"
      },
      "TimeoutSeconds": 600,
      "Catch": [
        {
          "ErrorEquals": ["States.ALL"],
          "ResultPath": "$.problem",
          "Next": "Sorry"
        }
      ],
      "Next": "Thank"
    },
    "Thank": { "Type": "Succeed" },
    "Sorry": { "Type": "Succeed" }
  }
}
`;

/** What ships it: it weighs the parcel, waits for the carrier, and refuses what is too heavy. */
export const shipping = `{
  "QueryLanguage": "JSONata",
  "StartAt": "Weigh",
  "States": {
    "Weigh": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.input.weight > 30 %}",
          "Next": "Too Heavy"
        }
      ],
      "Assign": { "days": "{% $states.input.weight %}" },
      "Default": "Wait for Carrier"
    },
    "Too Heavy": {
      "Type": "Fail",
      "Error": "TooHeavy",
      "Cause": "No carrier takes it."
    },
    "Wait for Carrier": {
      "Type": "Wait",
      "Seconds": "{% $states.input.weight * 60 %}",
      "Next": "Hand Over"
    },
    "Hand Over": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:hand-over",
      "Arguments": "{% $states.input %}",
      "Output": "{% {'parcel': $states.result, 'by': $states.context.Execution.Name} %}",
      "End": true
    }
  }
}
`;

export const orderFiles = { '/order.asl.json': order, '/shipping.asl.json': shipping };
